package io.liveresponse.worker;

import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.SpooledBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/** Results as they were when they were fetched, from the ledger and the kept bytes. Thread-safe. */
public final class KeptResults {

    private final ResultReader results;

    public KeptResults(ResultReader results) {
        this.results = results;
    }

    /**
     * False if the bytes are yet to be fetched, or are kept on another node's disk. This node may have others under the same path, from an
     * attempt of its own, so it reads them all and compares the digest.
     */
    public static boolean isHere(RequestRecord record) {
        FetchedFacts facts = record.fetched();
        return facts != null && (facts.spoolPath() == null || holds(Path.of(facts.spoolPath()), facts.sha256()));
    }

    private static boolean holds(Path path, String sha256) {
        try (InputStream in = Files.newInputStream(path)) {
            return DigestUtils.sha256Hex(in).equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The result again; without output, errors and bytes where these are no longer kept.
     *
     * @param record one that {@link #isHere}
     * @throws LiveResponseException BLOB_NOT_STORED where the disk does not give the bytes back
     */
    public Result read(RequestRecord record, Request request) throws LiveResponseException {
        FetchedFacts facts = record.fetched();
        if (facts.spoolPath() == null) {
            return new Result(request.key(), facts.outcome(), facts.exitCode(), facts.scriptName(), CapturedText.EMPTY,
                    CapturedText.EMPTY, null, request.action(), null);
        }
        return results.read(SpooledBlob.kept(Path.of(facts.spoolPath()), facts.sha256(), facts.sizeBytes(),
                facts.offeredFileName(), facts.receivedAt()), request);
    }
}
