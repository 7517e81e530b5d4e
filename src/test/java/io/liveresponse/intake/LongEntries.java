package io.liveresponse.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What {@link LongEntriesTest} runs in a JVM of its own: reads requests around an entry of 100 MB and prints what becomes of each. */
final class LongEntries {

    private static final long LENGTH = 100L << 20;
    private static final String GOOD = "{\"tenant\":\"contoso\",\"machineActionId\":\"5382f7ea-7557-4ab7-9782-d50480024a4e\",\"commandIndex\":1}";
    private static final String ROW = "contoso,5382f7ea-7557-4ab7-9782-d50480024a4e,1\n";

    /** What stands before the long text, the character that it repeats, and what stands behind it. */
    private record Text(String before, char repeated, String behind) {
    }

    private static final Map<String, Text> TEXTS = new TreeMap<>(Map.of(
            "array-string", new Text("[" + GOOD + ",{\"tenant\":\"", 'x', "\"}," + GOOD + "]"),
            "array-number", new Text("[" + GOOD + ",", '7', "," + GOOD + "]"),
            "array-nested", new Text("[" + GOOD + ",", '[', ""),
            "array-name", new Text("[" + GOOD + ",{\"", 'x', "\":1}," + GOOD + "]"),
            "lines", new Text(GOOD + "\n{\"tenant\":\"", 'x', "\"}\n" + GOOD + "\n"),
            "csv-cell", new Text("tenant,machineActionId,commandIndex\n" + ROW, 'x', "\n" + ROW),
            "csv-quoted", new Text("tenant,machineActionId,commandIndex\n" + ROW + "\"", 'x', "\n" + ROW),
            "csv-header", new Text("tenant,machineActionId,", 'x', "\n" + ROW),
            "blank-line", new Text(GOOD + "\n", ' ', "\n" + GOOD + "\n")));

    private LongEntries() {
    }

    public static void main(String[] args) throws IOException {
        RequestReader reader = new RequestReader(() -> List.of("contoso"), 65_536);
        for (Map.Entry<String, Text> text : TEXTS.entrySet()) {
            StringJoiner entries = new StringJoiner(" ", text.getKey() + ": ", "");
            for (Iterator<RequestEntry> each = reader.entries(stream(text.getValue())); each.hasNext();) {
                RequestEntry entry = each.next();
                entries.add(entry.isAccepted() ? "accepted" : entry.code().toString());
            }
            System.out.println(entries);
        }
    }

    private static InputStream stream(Text text) {
        return new SequenceInputStream(new SequenceInputStream(bytes(text.before), new Repeated(text.repeated, LENGTH)),
                bytes(text.behind));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One character, many times. */
    private static final class Repeated extends InputStream {

        private final char character;
        private long left;

        Repeated(char character, long length) {
            this.character = character;
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? character : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int filled = (int) Math.min(length, left);
            Arrays.fill(target, offset, offset + filled, (byte) character);
            left -= filled;
            return filled;
        }
    }
}
