package io.liveresponse.runs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The API's answer about the live response library.
 *
 * @param value the files
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LibraryList(List<File> value) {

    public LibraryList {
        value = value == null ? List.of() : List.copyOf(value);
    }

    /** One file; remote text. {@code sha256} is in hex digits. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record File(String fileName, String sha256, String description, String createdBy) {
    }

    /** The file of that name, without regard to case. */
    public Optional<File> find(String name) {
        return value.stream().filter(file -> file.fileName() != null && file.fileName().equalsIgnoreCase(name)).findFirst();
    }

    /** Its hash in lower case; empty if there is no such file, or the API names none. */
    public Optional<String> sha256(String name) {
        return find(name).map(File::sha256).filter(hash -> !hash.isBlank()).map(hash -> hash.toLowerCase(Locale.ROOT));
    }
}
