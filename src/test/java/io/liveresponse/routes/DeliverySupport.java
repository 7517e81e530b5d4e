package io.liveresponse.routes;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.SpooledBlob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.Exchange;

/** Results made by hand, and one sink at a time. */
abstract class DeliverySupport extends RoutesTestSupport {

    static final byte[] BYTES = {'{', '}', 0, 1, (byte) 0xff, '\n'};

    Result result(Outcome outcome, String path, String output) throws Exception {
        Path file = directory.resolve("spooled.blob");
        Files.write(file, BYTES);
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
        return new Result(KEY, outcome, exitCode(outcome), "check.ps1", new CapturedText(output, "", output.length()), CapturedText.EMPTY,
                null,
                new ActionFacts("GetFile", null, path, null, "ws-1.contoso.com", null, null, null),
                new SpooledBlob(file, sha256, BYTES.length, false, null, clock.instant()));
    }

    Result failed() throws Exception {
        return result(Outcome.FAILED, null, "some output\n");
    }

    Exchange deliver(String sink, Result result, Map<String, Object> headers) {
        return template.request("direct:live-response-to-" + sink, exchange -> {
            exchange.getMessage().setBody(result);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    private static Integer exitCode(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED, SUCCEEDED_WITH_ERRORS -> 0;
            case FAILED -> 3;
            case INTEGRITY_FAILED -> 323;
            default -> null;
        };
    }
}
