package io.liveresponse.simulator.http;

import io.liveresponse.model.ResultKey;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * What is to go wrong, and when. Rules are asked in the order in which they were given; the first that applies is used for
 * one request. A request that the bearer check or the quota refuses uses none. Thread-safe; may be changed while requests run.
 */
public final class Faults {

    private record Rule(Where where, Fault fault, BooleanSupplier due) {
    }

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    public Faults() {
    }

    /** Faults for one kind of request. */
    public Where on(EndpointKind kind) {
        return new Where(this, kind, null, null, null);
    }

    /** Forgets all rules. */
    public void clear() {
        rules.clear();
    }

    /** Synchronized so that two requests at once cannot use the same turn. */
    synchronized Fault take(Matched request) {
        return rules.stream()
                .filter(rule -> rule.where().covers(request) && rule.due().getAsBoolean())
                .findFirst().map(Rule::fault).orElse(Fault.NONE);
    }

    /**
     * The requests that a rule is about.
     *
     * @param tenant  null for all
     * @param key     null for all
     * @param subject null for all
     */
    public record Where(Faults faults, EndpointKind kind, String tenant, ResultKey key, String subject) {

        public Where tenant(String name) {
            return new Where(faults, kind, name, key, subject);
        }

        public Where key(ResultKey only) {
            return new Where(faults, kind, tenant, only, subject);
        }

        /** Only requests about this machine id, action id or library file. */
        public Where subject(String only) {
            return new Where(faults, kind, tenant, key, only);
        }

        /** The next request. */
        public void once(Fault fault) {
            next(1, fault);
        }

        /** The next {@code times} requests. */
        public void next(int times, Fault fault) {
            Countdown countdown = new Countdown(times);
            faults.rules.add(new Rule(this, fault, countdown));
        }

        public void always(Fault fault) {
            faults.rules.add(new Rule(this, fault, () -> true));
        }

        /** Each request with this probability; the same seed and order of requests give the same faults. */
        public void rate(double probability, long seed, Fault fault) {
            Random random = new Random(seed);
            faults.rules.add(new Rule(this, fault, () -> random.nextDouble() < probability));
        }

        private boolean covers(Matched request) {
            return kind == request.kind() && (tenant == null || tenant.equals(request.tenant()))
                    && (key == null || key.equals(request.key())) && (subject == null || subject.equals(request.subject()));
        }
    }

    /** Guarded by the lock of {@link #take}. */
    private static final class Countdown implements BooleanSupplier {

        private int left;

        Countdown(int times) {
            left = times;
        }

        @Override
        public boolean getAsBoolean() {
            return left-- > 0;
        }
    }
}
