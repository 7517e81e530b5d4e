package io.liveresponse.page;

import io.liveresponse.page.View.Flow;
import io.liveresponse.page.View.FlowEdge;
import io.liveresponse.page.View.FlowRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the boxes and lines of the flow diagram are: a column a folder, in the order of the flow. Units are pixels. Immutable. */
record FlowDiagram(int width, int height, List<Column> columns, List<Box> boxes, List<Line> lines, List<Call> calls) {

    private static final List<String> ORDER = List.of("intake", "runs", "worker", "fetch", "", "rows", "deliver");
    private static final int COLUMN = 270;
    private static final int BOX_WIDTH = 190;
    private static final int BOX_HEIGHT = 34;
    private static final int ROW = 46;
    private static final int TOP = 40;
    /** Several counts at one box are written below each other. */
    private static final int LABEL = 12;

    record Column(String name, int x) {
    }

    record Box(String id, String description, int x, int y, int textX, int textY, int countY, int width, int height, String count,
            boolean failing) {
    }

    record Call(String from, String to, long count) {
    }

    /** @param idle whether nothing went this way, so that it is drawn faintly and without its count */
    record Line(String path, long count, boolean idle, int labelX, int labelY) {
    }

    static FlowDiagram of(Flow flow) {
        Map<String, List<FlowRoute>> byFolder = new LinkedHashMap<>();
        ORDER.forEach(folder -> byFolder.put(folder, new ArrayList<>()));
        flow.routes().forEach(route -> byFolder.computeIfAbsent(route.folder(), folder -> new ArrayList<>()).add(route));
        byFolder.values().removeIf(List::isEmpty);
        List<Column> columns = new ArrayList<>();
        Map<String, Box> boxes = new HashMap<>();
        int x = 20;
        int rows = 0;
        for (Map.Entry<String, List<FlowRoute>> folder : byFolder.entrySet()) {
            columns.add(new Column(folder.getKey().isEmpty() ? "router" : folder.getKey(), x));
            int y = TOP;
            for (FlowRoute route : folder.getValue()) {
                boxes.put(route.id(), new Box(route.id(), route.description(), x, y, x + 8, y + 15, y + 28, BOX_WIDTH, BOX_HEIGHT,
                        route.entered() + (route.failed() == 0 ? "" : ", " + route.failed() + " failed"), route.failed() > 0));
                y += ROW;
            }
            rows = Math.max(rows, folder.getValue().size());
            x += COLUMN;
        }
        List<Line> lines = new ArrayList<>();
        Map<String, Integer> labels = new HashMap<>();
        for (FlowEdge edge : flow.edges()) {
            Box from = boxes.get(edge.from());
            Box to = boxes.get(edge.to());
            if (from != null && to != null) {
                int below = edge.exchanges() == 0 ? 0 : labels.merge(edge.to() + (to.x() > from.x()), 1, Integer::sum) - 1;
                lines.add(line(from, to, edge.exchanges(), below * LABEL));
            }
        }
        return new FlowDiagram(x - COLUMN + BOX_WIDTH + 40, TOP + rows * ROW + 10, columns, List.copyOf(boxes.values()), lines,
                flow.edges().stream().sorted(Comparator.comparingLong(FlowEdge::exchanges).reversed())
                        .map(edge -> new Call(edge.from(), edge.to(), edge.exchanges())).toList());
    }

    private static Line line(Box from, Box to, long count, int below) {
        int startY = from.y() + BOX_HEIGHT / 2;
        int endY = to.y() + BOX_HEIGHT / 2;
        boolean sameColumn = from.x() == to.x();
        boolean forward = to.x() > from.x();
        int startX = sameColumn || forward ? from.x() + BOX_WIDTH : from.x();
        int endX = sameColumn || !forward ? to.x() + BOX_WIDTH : to.x();
        int bend = sameColumn ? 40 : Math.max(30, Math.abs(endX - startX) / 2);
        int firstX = sameColumn || forward ? startX + bend : startX - bend;
        int secondX = sameColumn || !forward ? endX + bend : endX - bend;
        return new Line("M" + startX + "," + startY + " C" + firstX + "," + startY + " " + secondX + "," + endY + " " + endX + "," + endY,
                count, count == 0,
                forward && !sameColumn ? endX - 30 : endX + 6, endY - 4 + below);
    }
}
