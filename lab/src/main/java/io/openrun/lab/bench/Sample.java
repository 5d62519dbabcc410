package io.openrun.lab.bench;

import io.openrun.lab.load.Latency;
import io.openrun.lab.load.Outcome;
import io.openrun.lab.load.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One measured run of one side.
 *
 * @param value the figure, in the side's unit
 * @param sold answers 201 in the whole run, the first seconds that do not count included
 * @param refused refusals in the whole run
 * @param failed wrong answers and cut connections in the whole run
 * @param reasons refusals and failures by code
 * @param p50Millis half were answered within
 * @param p99Millis 99 of 100 were answered within
 * @param machine who used how much of it
 * @param notes what else a reader must know, for example how far orders lagged behind
 * @param faults why this run has no figure; empty when its audit passed
 */
record Sample(
        double value,
        long sold,
        long refused,
        long failed,
        Map<String, Long> reasons,
        double p50Millis,
        double p99Millis,
        String machine,
        List<String> notes,
        List<String> faults) {

    static Sample of(Tally tally, Outcome counted, String machine, List<String> notes, List<String> faults) {
        Latency latency = tally.latency();
        return new Sample(
                tally.perSecond(counted),
                tally.count(Outcome.OK),
                tally.count(Outcome.REFUSED),
                tally.count(Outcome.FAILED) + tally.count(Outcome.UNKNOWN),
                tally.reasons(),
                latency.percentileMillis(50),
                latency.percentileMillis(99),
                machine,
                notes,
                faults);
    }

    static Sample seconds(double seconds) {
        return new Sample(seconds, 0, 0, 0, Map.of(), 0, 0, "", List.of(), List.of());
    }

    Sample withValue(double figure) {
        return new Sample(figure, sold, refused, failed, reasons, p50Millis, p99Millis, machine, notes, faults);
    }

    Sample withNotes(List<String> others) {
        return new Sample(value, sold, refused, failed, reasons, p50Millis, p99Millis, machine, others, faults);
    }

    Sample withFault(String fault) {
        List<String> more = new ArrayList<>(faults);
        more.add(fault);
        return new Sample(value, sold, refused, failed, reasons, p50Millis, p99Millis, machine, notes, more);
    }

    boolean valid() {
        return faults.isEmpty();
    }
}
