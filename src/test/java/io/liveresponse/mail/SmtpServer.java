package io.liveresponse.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A mail server without TLS, by a script: which logins it offers, how it answers one, and what it says to which command. */
public final class SmtpServer implements AutoCloseable {

    /** What somebody logged in with. */
    public record Login(String mechanism, String user, String secret) {
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String mechanisms;
    private final Function<Login, String> judge;
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<String> verbs = new CopyOnWriteArrayList<>();
    private final List<Login> logins = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();

    /**
     * @param mechanisms what it offers, such as {@code PLAIN LOGIN}; empty for none
     * @param judge      the reply to a login
     */
    public SmtpServer(String mechanisms, Function<Login, String> judge) throws IOException {
        this.mechanisms = mechanisms;
        this.judge = judge;
        Thread thread = new Thread(this::serve, "smtp-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes every login. */
    public static SmtpServer offering(String mechanisms) throws IOException {
        return new SmtpServer(mechanisms, login -> "235 2.7.0 Authentication successful");
    }

    /** What it says from now on to a command, given as its verb or as its whole line, or after DATA's text to {@code .}; {@code drop} ends the connection without a word. */
    public SmtpServer saying(String verb, String reply) {
        replies.put(verb, reply);
        return this;
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<String> verbs() {
        return verbs;
    }

    public List<Login> logins() {
        return logins;
    }

    /** What was sent as mails and taken. */
    public List<String> mails() {
        return mails;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
                talk(in, client.getOutputStream());
            } catch (IOException e) {
                // the client went, or the test is over
            }
        }
    }

    private void talk(BufferedReader in, OutputStream out) throws IOException {
        say(out, replies.getOrDefault("connect", "220 mail"));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
            verbs.add(verb);
            String reply = replies.getOrDefault(replies.containsKey(line) ? line : verb, switch (verb) {
                case "EHLO" -> mechanisms.isEmpty() ? "250 mail" : "250-mail\r\n250 AUTH " + mechanisms;
                case "AUTH" -> judge(login(line.split(" "), in, out));
                case "DATA" -> "354 go on";
                case "QUIT" -> "221 bye";
                default -> "250 ok";
            });
            if (reply.startsWith("354")) {
                say(out, reply);
                reply = taken(text(in));
            }
            if (reply.equals("drop")) {
                return;
            }
            say(out, reply);
        }
    }

    private String judge(Login login) {
        logins.add(login);
        return judge.apply(login);
    }

    private String taken(String mail) {
        String reply = replies.getOrDefault(".", "250 2.0.0 taken");
        if (reply.startsWith("2")) {
            mails.add(mail);
        }
        return reply;
    }

    private static Login login(String[] words, BufferedReader in, OutputStream out) throws IOException {
        String first = words.length > 2 ? decoded(words[2]) : null;
        switch (words[1]) {
            case "LOGIN" -> {
                String user = first == null ? ask(in, out, "VXNlcm5hbWU6") : first;
                return new Login("LOGIN", user, ask(in, out, "UGFzc3dvcmQ6"));
            }
            case "PLAIN" -> {
                String[] parts = (first == null ? ask(in, out, "") : first).split("\0");
                return new Login("PLAIN", parts[1], parts[2]);
            }
            default -> {
                String[] parts = (first == null ? ask(in, out, "") : first).split("\1");
                return new Login(words[1], parts[0].replaceFirst("user=", ""), parts[1].replaceFirst("auth=Bearer ", ""));
            }
        }
    }

    private static String ask(BufferedReader in, OutputStream out, String question) throws IOException {
        say(out, "334 " + question);
        return decoded(in.readLine());
    }

    private static String text(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    private static String decoded(String word) {
        return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
