package io.liveresponse.rows;

import java.util.Locale;

/**
 * RFC 5424 messages over TCP, each behind its length (RFC 6587, octet counting): a row's JSON is the message, its id the structured
 * data's. Thread-safe.
 */
public final class SyslogRows {

    // local0.info
    private static final int PRIORITY = 16 * 8 + 6;
    private static final int HOST_LENGTH = 255;

    /** The batch as one text. */
    public byte[] messages(RowBatch batch) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (RowLine row : batch.rows()) {
            byte[] message = String.format(Locale.ROOT, "<%d>1 %s %s live-response - row [row@32473 id=\"%s\"] %s",
                    PRIORITY, row.time(), host(row.deviceName()), row.rowId(), row.json()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.writeBytes((message.length + " ").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.writeBytes(message);
        }
        return out.toByteArray();
    }

    /** Printable ASCII without blanks, as the RFC wants it. */
    private static String host(String name) {
        if (name == null || name.isBlank()) {
            return "-";
        }
        String host = name.replaceAll("[^\\x21-\\x7e]", "_");
        return host.substring(0, Math.min(host.length(), HOST_LENGTH));
    }
}
