package io.liveresponse.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.liveresponse.model.ResultJson;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import io.liveresponse.simulator.ticket.Ticket;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.util.FileUtil;

/** What the demo leaves to look at. */
final class DemoDirectory {

    private static final String MARK = ".live-response-demo";

    private DemoDirectory() {
    }

    /** Only a directory that an earlier demo made is emptied. */
    static Path fresh(Path root) throws IOException {
        if (Files.exists(root) && !Files.exists(root.resolve(MARK))) {
            throw new NotDirectoryException(root + " is there and no demo made it; give another with --directory");
        }
        FileUtil.removeDir(root.toFile());
        Files.createDirectories(root);
        Files.createFile(root.resolve(MARK));
        return root;
    }

    /** Under a name that the inbox does not take until it is whole. */
    static void writeInbox(Path file, List<ScenarioRequest> requests) throws IOException {
        ObjectMapper json = ResultJson.mapper();
        List<String> lines = new ArrayList<>();
        for (ScenarioRequest request : requests) {
            lines.add(json.writeValueAsString(request.key()));
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.createDirectories(file.getParent());
        Files.write(part, lines);
        Files.move(part, file);
    }

    static void writeTickets(Path directory, List<Ticket> tickets) throws IOException {
        Files.createDirectories(directory);
        ObjectMapper json = ResultJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);
        for (Ticket ticket : tickets) {
            Files.writeString(directory.resolve(ticket.id() + ".json"), json.writeValueAsString(ticket));
        }
    }

    static void writeMails(Path directory, List<MimeMessage> mails) throws IOException, MessagingException {
        Files.createDirectories(directory);
        for (int i = 0; i < mails.size(); i++) {
            String name = "mail-" + (i + 1);
            try (OutputStream out = Files.newOutputStream(directory.resolve(name + ".eml"))) {
                mails.get(i).writeTo(out);
            }
            Optional<String> page = htmlOf(mails.get(i));
            if (page.isPresent()) {
                Files.writeString(directory.resolve(name + ".html"), page.get());
            }
        }
    }

    private static Optional<String> htmlOf(Part part) throws IOException, MessagingException {
        if (part.isMimeType("text/html")) {
            return Optional.of((String) part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Optional<String> found = htmlOf(parts.getBodyPart(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
