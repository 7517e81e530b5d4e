package io.liveresponse.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;

/** What the pages show and {@code /api} answers; the field names are public. Times are UTC; texts from devices are as received. */
public final class View {

    private View() {
    }

    /**
     * @param estimatedEnd when the backlog of link calls is done at the quota, or null if there is none or a tenant is paused for good
     * @param attention    what needs a person, the most urgent first
     */
    @JsonInclude(Include.NON_NULL)
    public record Overview(Instant at, Instant estimatedEnd, List<Attention> attention, List<Tenant> tenants, List<Sink> sinks,
            List<Node> nodes,
            List<OutcomeCount> outcomes) {
    }

    /**
     * One thing that needs a person.
     *
     * @param kind  {@code dead}, {@code paused}, {@code refused} or {@code degraded}
     * @param text  what happened and what to change
     * @param query the filter of the request list that shows it, such as {@code state=dead}, or null
     */
    @JsonInclude(Include.NON_NULL)
    public record Attention(String kind, String text, String query) {
    }

    /**
     * @param minuteUsed  link calls in the rolling minute, of {@code perMinute}
     * @param hourUsed    link calls in the rolling hour, of {@code perHour}
     * @param backlog     requests that still need a link call
     * @param nextSlot    when the next link call is allowed, or null if now
     * @param pausedUntil null if the tenant is not paused
     * @param pauseReason why, with the setting to change; null likewise
     */
    @JsonInclude(Include.NON_NULL)
    public record Tenant(String name, int minuteUsed, int perMinute, int hourUsed, int perHour, long backlog, long due, long claimed,
            long delivered,
            long dead, Instant nextSlot, Instant estimatedEnd, Instant pausedUntil, String pauseReason) {
    }

    /** @param fault what the sink's last attempt on this node failed with, or null if it works */
    @JsonInclude(Include.NON_NULL)
    public record Sink(String name, Instant lastSuccess, String fault) {
    }

    /** A node that holds leases. */
    @JsonInclude(Include.NON_NULL)
    public record Node(String name, long leases, Instant leasesUntil) {
    }

    /** Results of the last 24 hours. */
    public record OutcomeCount(String outcome, long results) {
    }

    /** One row of the request list; {@code error} is the failure code of the present stage, or null. */
    @JsonInclude(Include.NON_NULL)
    public record RequestRow(long acceptedNo, String tenant, String machineActionId, String commandIndex, String state, Instant acceptedAt,
            String device,
            String script, String outcome, Integer exitCode, String error) {
    }

    /**
     * One request's story.
     *
     * @param waitsFor why it is not being worked on, such as {@code quota until 12:01:30}; null if it is, or has ended
     * @param output   the first and last lines of the script's output, or null if there is none or it is no longer kept
     */
    @JsonInclude(Include.NON_NULL)
    public record RequestDetail(RequestRow request, Instant endedAt, int attempts, String waitsFor, String errorStage, String errorText,
            List<Fact> facts, List<Delivered> deliveries, List<Moment> timeline, String output, String errors) {
    }

    public record Fact(String name, String value) {
    }

    /**
     * @param reference the sink's own: a path, a ticket number, a message id; null if it has none
     * @param readable  whether the page serves the file that the reference names
     */
    @JsonInclude(Include.NON_NULL)
    public record Delivered(String sink, String reference, Instant at, boolean readable) {
    }

    @JsonInclude(Include.NON_NULL)
    public record Moment(Instant at, String kind, String detail) {
    }

    /** @param ends how many devices ended in each way */
    @JsonInclude(Include.NON_NULL)
    public record RunRow(String id, String tenant, String script, String state, Instant createdAt, Instant deadline, int devices, int ended,
            List<OutcomeCount> ends) {

        /** Whole percent. */
        public int percent() {
            return devices == 0 ? 100 : (int) (100L * ended / devices);
        }

        public boolean running() {
            return "running".equals(state);
        }
    }

    /** @param table the first devices of the run, in its order */
    @JsonInclude(Include.NON_NULL)
    public record RunDetail(RunRow run, String comment, List<DeviceRow> table) {

        /** How many devices are not in the table; null if all are. */
        public Integer more() {
            return run.devices() > table.size() ? run.devices() - table.size() : null;
        }
    }

    @JsonInclude(Include.NON_NULL)
    public record DeviceRow(String device, String machineId, String end, String reason, String machineActionId, Integer exitCode) {
    }

    /** The routes of the running context and who calls whom. */
    public record Flow(List<FlowRoute> routes, List<FlowEdge> edges) {
    }

    /**
     * @param folder  the folder of the route's file, or empty
     * @param entered how many exchanges have entered it since startup
     * @param failed  how many of these failed
     */
    public record FlowRoute(String id, String folder, String description, long entered, long failed) {
    }

    /** @param exchanges how many exchanges went this way since startup */
    public record FlowEdge(String from, String to, long exchanges) {
    }
}
