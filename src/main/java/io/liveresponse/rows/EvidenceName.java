package io.liveresponse.rows;

import io.liveresponse.model.Result;
import io.liveresponse.model.SafeFileName;

/** Where a result's bytes go in a store of objects: the same result has the same name. Thread-safe. */
public final class EvidenceName {

    /** {@code tenant/device/action/file}; the device is left out if it is not known. Every part is safe in any store. */
    public String of(Result result) {
        String device = result.action().deviceName() == null ? "" : SafeFileName.of(result.action().deviceName()) + "/";
        return result.tenant() + "/" + device + result.machineActionId() + "/" + result.receivedFileName();
    }
}
