package io.liveresponse.deliver.file;

import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The names of the files that one result may become, in its directory. All begin with the command's index. */
public final class ResultFileNames {

    private static final String GZ = ".gz";

    private ResultFileNames() {
    }

    /** All of them, whether they are there or not. */
    public static List<String> of(Result result) {
        String index = Integer.toString(result.commandIndex());
        return Stream.of(result.receivedFileName(), unpacked(result), index + ".result.json", index + ".txt")
                .filter(name -> name != null).toList();
    }

    /** What a packed GetFile result unpacks to: the device's own name. Null if there is nothing to unpack. */
    static String unpacked(Result result) {
        if (result.outcome() != Outcome.FILE_RETRIEVED || result.blob() == null || !result.blob().gzip()) {
            return null;
        }
        String received = result.receivedFileName();
        String device = deviceName(result);
        return isGzip(device)
                ? result.commandIndex() + "-unpacked" + received.substring(received.indexOf('-'))
                : received.substring(0, received.length() - GZ.length());
    }

    /** The file's path on the device or, failing that, the name that the store offered; remote text, or null. */
    static String deviceName(Result result) {
        return result.action().path() == null ? result.blob().offeredFileName() : result.action().path();
    }

    private static boolean isGzip(String name) {
        return name != null && name.toLowerCase(Locale.ROOT).endsWith(GZ);
    }
}
