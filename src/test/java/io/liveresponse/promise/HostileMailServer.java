package io.liveresponse.promise;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server that, one connection after the other, goes wrong in each way, repeating the login where it can, and then behaves. */
final class HostileMailServer implements AutoCloseable {

    private enum Mood {
        DROPS, REFUSES_LOGIN, REFUSES_RECIPIENT, REFUSES_MESSAGE, BUSY, KIND
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private int connections;

    HostileMailServer() throws IOException {
        Thread thread = new Thread(this::serve, "hostile-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Everything that clients wrote after DATA, also what was then refused. */
    List<String> messages() {
        return messages;
    }

    static int moods() {
        return Mood.values().length;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                    PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8)) {
                talk(Mood.values()[Math.min(connections++, Mood.values().length - 1)], in, out);
            } catch (IOException e) {
                // The client went, or the test is over.
            }
        }
    }

    private void talk(Mood mood, BufferedReader in, PrintWriter out) throws IOException {
        if (mood == Mood.DROPS) {
            return;
        }
        String login = "";
        say(out, "220 hostile");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
            switch (verb) {
                case "EHLO" -> {
                    say(out, "250-hostile");
                    say(out, "250 AUTH LOGIN PLAIN");
                }
                case "AUTH" -> {
                    login = line + " " + ask(in, out, "VXNlcm5hbWU6") + " " + ask(in, out, "UGFzc3dvcmQ6");
                    say(out, mood == Mood.REFUSES_LOGIN ? "535 no: " + login + " " + decoded(login) : "235 ok");
                }
                case "RCPT" -> say(out, mood == Mood.REFUSES_RECIPIENT ? "550 no: " + decoded(login) : "250 ok");
                case "DATA" -> {
                    say(out, "354 go on");
                    messages.add(message(in));
                    say(out, mood == Mood.REFUSES_MESSAGE
                            ? "554 no: " + decoded(login)
                            : mood == Mood.BUSY ? "451 later: " + login : "250 ok");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 ok");
            }
        }
    }

    private static String ask(BufferedReader in, PrintWriter out, String question) throws IOException {
        say(out, "334 " + question);
        return in.readLine();
    }

    private static void say(PrintWriter out, String line) {
        out.print(line + "\r\n");
        out.flush();
    }

    private static String message(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static String decoded(String login) {
        StringBuilder text = new StringBuilder();
        for (String word : login.split(" ")) {
            try {
                text.append(new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8)).append(' ');
            } catch (IllegalArgumentException e) {
                text.append(word).append(' ');
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
