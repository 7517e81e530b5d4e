package io.liveresponse.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS before a mail server that has none: from the first byte (RFC 8314), or after STARTTLS (RFC 3207), which it insists on. */
public final class TlsFront implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tls-front");
        thread.setDaemon(true);
        return thread;
    });
    private final SSLContext tls;
    private final int server;
    private final boolean startTls;
    private final AtomicInteger secured = new AtomicInteger();
    private final List<String> clear = new CopyOnWriteArrayList<>();

    /** @param server the port of the mail server behind it */
    public TlsFront(MailCertificate certificate, int server, boolean startTls) throws Exception {
        this.tls = certificate.context();
        this.server = server;
        this.startTls = startTls;
        threads.execute(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Connections that came to be secured. */
    public int secured() {
        return secured.get();
    }

    /** What clients said before that, the verbs alone. */
    public List<String> saidInTheClear() {
        return clear;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client; Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            if (startTls && !isAskedToStart(client)) {
                return;
            }
            try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true)) {
                secure.setUseClientMode(false);
                secure.startHandshake();
                secured.incrementAndGet();
                if (startTls) {
                    readLine(behind.getInputStream());
                }
                threads.execute(() -> pump(secure, behind));
                pump(behind, secure);
            }
        } catch (IOException e) {
            // the client does not like the certificate, or went
        }
    }

    private boolean isAskedToStart(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), 1);
        say(client, "220 front");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
            clear.add(verb);
            switch (verb) {
                case "EHLO" -> say(client, "250-front\r\n250 STARTTLS");
                case "STARTTLS" -> {
                    say(client, "220 go on");
                    return true;
                }
                default -> say(client, "530 5.7.0 Must issue a STARTTLS command first");
            }
        }
        return false;
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private static void readLine(InputStream in) throws IOException {
        int character = in.read();
        while (character >= 0 && character != '\n') {
            character = in.read();
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            byte[] buffer = new byte[8192];
            for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
                to.getOutputStream().flush();
            }
            to.close();
        } catch (IOException e) {
            // one side went; the other one goes too
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
