package io.liveresponse.rows;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * RFC 5424 messages over TCP, each behind its length (RFC 6587, octet counting): a row's JSON is the message, its id the structured
 * data's. Thread-safe.
 */
public final class SyslogRows {

    // local0.info
    private static final int PRIORITY = 16 * 8 + 6;
    private static final int HOST_LENGTH = 255;

    /** The batch as one text; the lengths are those of its UTF-8 bytes. */
    public String messages(RowBatch batch) {
        StringBuilder out = new StringBuilder();
        for (RowLine row : batch.rows()) {
            String message = String.format(Locale.ROOT, "<%d>1 %s %s live-response - row [row@32473 id=\"%s\"] %s",
                    PRIORITY, row.time(), host(row.deviceName()), row.rowId(), row.json());
            out.append(message.getBytes(StandardCharsets.UTF_8).length).append(' ').append(message);
        }
        return out.toString();
    }

    /** Printable ASCII without blanks, as the RFC requires. */
    private static String host(String name) {
        if (name == null || name.isBlank()) {
            return "-";
        }
        String host = name.replaceAll("[^\\x21-\\x7e]", "_");
        return host.substring(0, Math.min(host.length(), HOST_LENGTH));
    }
}
