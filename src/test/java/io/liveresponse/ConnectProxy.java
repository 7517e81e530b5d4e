package io.liveresponse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that tunnels whatever it is asked to and remembers where to; with a login, only after it was given. Thread-safe. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server;
    private final String login;
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final List<String> others = new CopyOnWriteArrayList<>();

    private ConnectProxy(String login) throws IOException {
        this.login = login;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        inBackground(this::serve);
    }

    public static ConnectProxy open() throws IOException {
        return new ConnectProxy(null);
    }

    public static ConnectProxy withLogin(String user, String password) throws IOException {
        return new ConnectProxy("Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.US_ASCII)));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The {@code host:port} of each tunnel that was made, in their order. */
    public List<String> targets() {
        return targets;
    }

    /** Request lines that made no tunnel for another reason than a missing login. */
    public List<String> others() {
        return others;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                inBackground(() -> answer(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            String request = in.readLine();
            boolean admitted = login == null;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                admitted |= line.equalsIgnoreCase("Proxy-Authorization: " + login);
            }
            if (request == null) {
                return;
            }
            if (!request.startsWith("CONNECT ")) {
                others.add(request);
            } else if (admitted) {
                tunnel(client, request.split(" ")[1]);
                return;
            }
            write(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n");
        } catch (IOException e) {
            // the client, or the test, has ended
        }
    }

    private void tunnel(Socket client, String target) throws IOException {
        int colon = target.lastIndexOf(':');
        try (Socket peer = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            targets.add(target);
            write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            inBackground(() -> copy(peer, client));
            copy(client, peer);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // one side has ended
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "connect-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
