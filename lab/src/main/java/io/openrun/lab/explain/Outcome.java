package io.openrun.lab.explain;

import io.openrun.stock.HoldResult;
import io.openrun.stock.StockAudit;
import java.util.List;
import java.util.Map;

/**
 * How a scene went.
 *
 * @param events what happened, in order
 * @param programs Lua programs by text, with the names under which the events mention them
 * @param answers what the buyers were told, the first one's first
 */
record Outcome(
        Scene scene,
        List<Lane> lanes,
        List<Script.Event> events,
        Map<String, String> programs,
        List<HoldResult> answers,
        StockAudit audit) {

    /** Whether the audit found what was expected, and what was seen on the way explains it. */
    boolean asExpected() {
        boolean counted = scene.oversells() ? audit.oversold() > 0 : audit.isClean();
        return counted && scene.isEvident(lanes, events);
    }

    /** What there is to learn from it. */
    String conclusion() {
        if (asExpected()) {
            return (scene.oversells() ? "Sold twice. " : "Sold once. ") + scene.conclusion();
        }
        return "This did not go as expected; what happened stands above, and the audit tells what came of it.";
    }
}
