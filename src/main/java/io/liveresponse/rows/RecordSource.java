package io.liveresponse.rows;

import java.io.IOException;

/** Reads the records of one output, one at a time. For one thread. */
@FunctionalInterface
interface RecordSource {

    /** The next record, or null behind the last. An {@link IOException} is the disk's or the transcript's own. */
    RawRecord next() throws IOException;
}
