package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFileTest {

    @TempDir
    Path directory;

    @Test
    void an_upload_has_the_parts_of_the_documentations_curl_example_byte_for_byte() throws Exception {
        byte[] script = "Write-Output 'größer'\r\n\0".getBytes(StandardCharsets.UTF_8);
        Path path = Files.write(directory.resolve("größe.ps1"), script);

        LibraryFile.Upload upload = new LibraryFile("größe.ps1", DigestUtils.sha256Hex(script), LibraryFile.State.DIFFERENT, path).upload();

        assertThat(upload.contentType()).startsWith("multipart/form-data; ");
        String boundary = upload.contentType().replaceFirst(".*boundary=([^;]+).*", "--$1");
        assertThat(new String(upload.body(), StandardCharsets.UTF_8)).isEqualTo(String.join("\r\n",
                boundary, "Content-Disposition: form-data; name=\"OverrideIfExists\"", "", "true",
                boundary, "Content-Disposition: form-data; name=\"HasParameters\"", "", "false",
                boundary, "Content-Disposition: form-data; name=\"Description\"", "", "sha256 " + DigestUtils.sha256Hex(script),
                boundary, "Content-Disposition: form-data; name=\"file\"; filename=\"größe.ps1\"",
                "Content-Type: application/octet-stream", "", new String(script, StandardCharsets.UTF_8), boundary + "--", ""));
    }
}
