package io.liveresponse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;

/** Writes the shells' completion of the command line. The build runs it. */
public final class Completions {

    private static final String NAME = "live-response";
    /** zsh reads bash's completion. */
    private static final String ZSH = "autoload -Uz +X compinit bashcompinit && compinit && bashcompinit\n";

    private Completions() {
    }

    /** @param args the directory to write {@code live-response.bash} and {@code live-response.zsh} to */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path directory) throws IOException {
        String bash = AutoComplete.bash(NAME, Main.commandLine());
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(NAME + ".bash"), bash);
        Files.writeString(directory.resolve(NAME + ".zsh"), ZSH + bash);
    }
}
