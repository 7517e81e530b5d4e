package io.liveresponse.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.liveresponse.simulator.scenario.ScenarioDevice.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Many devices, described by how many of them behave how; the same seed gives the same devices. A device is in one share
 * at most. Names count up from {@code PREFIX-0001.DOMAIN}. Durations are divided by the scenario's time scale.
 *
 * @param tenant      the tenant's name
 * @param devices     how many in all
 * @param seed        which of them behave how
 * @param prefix      how names begin; null for {@code ws}
 * @param domain      how names end; null for {@code corp.TENANT.com}
 * @param offline     how many never come online
 * @param late        how many come online {@code lateAfter} the simulator's start
 * @param lateAfter   null for 30 minutes
 * @param restricted  how many refuse scripts by policy
 * @param unsupported how many have an operating system without live response
 * @param busy        how many are held by a session of someone else for {@code busyFor}
 * @param busyFor     null for 10 minutes
 * @param slow        how many take {@code slowFor} for a script
 * @param slowFor     null for 8 minutes
 * @param failing     how many end every script with exit code 1
 * @param hanging     how many never end a script before its time-out
 * @param hashChanged how many refuse every script with exit code 323
 * @param tags        given to the devices in turn; null for {@code finance}, {@code sales}, {@code lab}
 */
public record ScenarioFleet(
        String tenant, int devices, long seed, String prefix, String domain, Share offline, Share late, Duration lateAfter,
        Share restricted, Share unsupported, Share busy, Duration busyFor, Share slow, Duration slowFor, Share failing,
        Share hanging, Share hashChanged, List<String> tags) {

    /** A number of devices, as {@code 60} or {@code 20%}; a percentage is rounded to the nearest device. */
    public record Share(double value, boolean percent) {

        static final Share NONE = new Share(0, false);

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Share of(String text) {
            boolean percent = text.endsWith("%");
            try {
                double value = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
                if (value < 0 || percent && value > 100 || !percent && value != Math.rint(value)) {
                    throw new IllegalArgumentException("a share is a whole number of devices or a percentage: " + text);
                }
                return new Share(value, percent);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("a share is a whole number of devices or a percentage: " + text, e);
            }
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Share of(int count) {
            return of(Integer.toString(count));
        }

        int among(int devices) {
            return (int) Math.round(percent ? devices * value / 100 : value);
        }
    }

    private static final List<String> PLATFORMS = List.of("Windows11", "Windows10", "Windows11", "WindowsServer2022");

    public ScenarioFleet {
        if (tenant == null || devices < 1) {
            throw new IllegalArgumentException("a fleet needs a tenant and at least one device");
        }
        prefix = prefix == null ? "ws" : prefix;
        domain = domain == null ? "corp." + tenant + ".com" : domain;
        offline = offline == null ? Share.NONE : offline;
        late = late == null ? Share.NONE : late;
        lateAfter = lateAfter == null ? Duration.ofMinutes(30) : lateAfter;
        restricted = restricted == null ? Share.NONE : restricted;
        unsupported = unsupported == null ? Share.NONE : unsupported;
        busy = busy == null ? Share.NONE : busy;
        busyFor = busyFor == null ? Duration.ofMinutes(10) : busyFor;
        slow = slow == null ? Share.NONE : slow;
        slowFor = slowFor == null ? Duration.ofMinutes(8) : slowFor;
        failing = failing == null ? Share.NONE : failing;
        hanging = hanging == null ? Share.NONE : hanging;
        hashChanged = hashChanged == null ? Share.NONE : hashChanged;
        tags = tags == null || tags.isEmpty() ? List.of("finance", "sales", "lab") : List.copyOf(tags);
    }

    /** A fleet of which all are online. */
    public static ScenarioFleet of(String tenant, int devices, long seed) {
        return new ScenarioFleet(tenant, devices, seed, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    /** @param share as {@code 60} or {@code 20%} */
    public ScenarioFleet offline(String share) {
        return new ScenarioFleet(tenant, devices, seed, prefix, domain, Share.of(share), late, lateAfter, restricted, unsupported, busy,
                busyFor,
                slow, slowFor, failing, hanging, hashChanged, tags);
    }

    public ScenarioFleet late(String share, Duration after) {
        return new ScenarioFleet(tenant, devices, seed, prefix, domain, offline, Share.of(share), after, restricted, unsupported, busy,
                busyFor,
                slow, slowFor, failing, hanging, hashChanged, tags);
    }

    public ScenarioFleet restricted(String share) {
        return new ScenarioFleet(tenant, devices, seed, prefix, domain, offline, late, lateAfter, Share.of(share), unsupported, busy,
                busyFor,
                slow, slowFor, failing, hanging, hashChanged, tags);
    }

    public ScenarioFleet unsupported(String share) {
        return new ScenarioFleet(tenant, devices, seed, prefix, domain, offline, late, lateAfter, restricted, Share.of(share), busy,
                busyFor,
                slow, slowFor, failing, hanging, hashChanged, tags);
    }

    public ScenarioFleet failing(String share) {
        return new ScenarioFleet(tenant, devices, seed, prefix, domain, offline, late, lateAfter, restricted, unsupported, busy, busyFor,
                slow, slowFor, Share.of(share), hanging, hashChanged, tags);
    }

    /**
     * The devices in the order of their names.
     *
     * @throws IllegalArgumentException if the shares together are more than the devices
     */
    public List<ScenarioDevice> expand() {
        List<Kind> kinds = new ArrayList<>();
        add(kinds, Kind.OFFLINE, offline);
        add(kinds, Kind.LATE, late);
        add(kinds, Kind.RESTRICTED, restricted);
        add(kinds, Kind.UNSUPPORTED, unsupported);
        add(kinds, Kind.BUSY, busy);
        add(kinds, Kind.SLOW, slow);
        add(kinds, Kind.FAILING, failing);
        add(kinds, Kind.HANGING, hanging);
        add(kinds, Kind.HASH_CHANGED, hashChanged);
        if (kinds.size() > devices) {
            throw new IllegalArgumentException("the shares of a fleet of " + devices + " devices add up to " + kinds.size());
        }
        kinds.addAll(Collections.nCopies(devices - kinds.size(), Kind.PLAIN));
        Collections.shuffle(kinds, new Random(seed));
        List<ScenarioDevice> all = new ArrayList<>();
        for (int index = 0; index < devices; index++) {
            all.add(device(index, kinds.get(index)));
        }
        return all;
    }

    private enum Kind {
        PLAIN, OFFLINE, LATE, RESTRICTED, UNSUPPORTED, BUSY, SLOW, FAILING, HANGING, HASH_CHANGED
    }

    private void add(List<Kind> kinds, Kind kind, Share share) {
        kinds.addAll(Collections.nCopies(share.among(devices), kind));
    }

    private ScenarioDevice device(int index, Kind kind) {
        ScenarioDevice.Builder device = ScenarioDevice.named(tenant, String.format(Locale.ROOT, "%s-%04d.%s", prefix, index + 1, domain))
                .os(PLATFORMS.get(index % PLATFORMS.size())).tags(tags.get(index % tags.size()));
        return switch (kind) {
            case PLAIN -> device.build();
            case OFFLINE -> device.offline().build();
            case LATE -> device.onlineAfter(lateAfter).build();
            case RESTRICTED -> device.refuses(Refusal.RESTRICTED).build();
            case UNSUPPORTED -> device.refuses(Refusal.UNSUPPORTED).os("Windows8Blue").build();
            case BUSY -> device.busyFor(busyFor).build();
            case SLOW -> device.runTime(slowFor).build();
            case FAILING -> device.exitCode(1).build();
            case HANGING -> device.hangs().build();
            case HASH_CHANGED -> device.hashChanged().build();
        };
    }
}
