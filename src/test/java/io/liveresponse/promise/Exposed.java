package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.liveresponse.model.ResultKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** All that a running or stopped service shows to whoever may look, as text by the place where it was seen. */
final class Exposed {

    private static final List<String> PAGES = List.of("/observe/health", "/observe/health/live", "/observe/health/ready",
            "/observe/metrics", "/observe/info", "/", "/requests?limit=500", "/runs", "/flow", "/api/overview", "/api/requests?limit=500",
            "/api/runs", "/api/flow");

    private Exposed() {
    }

    /** What the management port serves, with the page of each of the requests. */
    static Map<String, String> pages(int port, List<ResultKey> requests) throws IOException, InterruptedException {
        Map<String, String> shown = new LinkedHashMap<>();
        HttpClient client = HttpClient.newHttpClient();
        List<String> pages = Stream.concat(PAGES.stream(),
                requests.stream().flatMap(key -> Stream.of("/requests/" + key, "/api/requests/" + key))).toList();
        for (String page : pages) {
            HttpResponse<String> answer = client
                    .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page)).build(), BodyHandlers.ofString());
            if (!PAGES.contains(page)) {
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
            }
            shown.put(page, answer.body());
        }
        return shown;
    }

    /** Every attribute of every bean, and the names of all threads. */
    static Map<String, String> management(long pid) throws Exception {
        Map<String, String> shown = new LinkedHashMap<>();
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    shown.put(name + "#" + attribute.getName(), attribute(server, name, attribute.getName()));
                }
            }
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.THREAD_MXBEAN_NAME,
                    ThreadMXBean.class);
            for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
                shown.put("thread " + thread.getThreadId(), thread.getThreadName());
            }
        } finally {
            machine.detach();
        }
        return shown;
    }

    private static String attribute(MBeanServerConnection server, ObjectName name, String attribute) throws IOException {
        try {
            Object value = server.getAttribute(name, attribute);
            return value instanceof Object[] values
                    ? Arrays.deepToString(values)
                    : value instanceof CompositeData data ? data.values().toString() : String.valueOf(value);
        } catch (JMException | RuntimeException e) {
            return e.toString();
        }
    }

    /** All tables of a ledger that nobody has open. */
    static String ledger(Path data) throws Exception {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ledger/ledger.db"));
                ResultSet tables = connection.getMetaData().getTables(null, null, null, new String[]{"TABLE"})) {
            while (tables.next()) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select * from " + tables.getString("TABLE_NAME"))) {
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            dump.append(rows.getString(column)).append('|');
                        }
                        dump.append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }

    /** All files below a directory, byte for byte, and their names. */
    static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                shown.put(file.toString(), file + "\n" + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return shown;
    }
}
