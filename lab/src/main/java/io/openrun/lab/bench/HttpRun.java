package io.openrun.lab.bench;

import io.openrun.lab.load.Answers;
import io.openrun.lab.load.LoadClient;
import io.openrun.lab.load.Requests;
import io.openrun.lab.load.Run;
import io.openrun.lab.load.RunReport;
import io.openrun.lab.load.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One run over fresh connections: a second to get going, then the measured time.
 *
 * @param usage who used how much of the machine
 * @param faults why the run cannot count, whatever the audit says
 */
record HttpRun(Tally tally, String usage, List<String> faults) {

    static final int THREADS = 2;

    private static final Duration RAMP = Duration.ofSeconds(1);

    /** How long requests are sent in all. */
    static Duration whole(Duration measured) {
        return RAMP.plus(measured);
    }

    /** As fast as answers come. */
    static HttpRun go(
            InetSocketAddress server, int connections, Requests requests, Duration measured, Map<String, Long> pids)
            throws IOException {
        return go(
                server,
                connections,
                Run.closedLoop(requests, whole(measured)),
                measured,
                pids,
                UnaryOperator.identity());
    }

    /**
     * At a steady rate, whatever the server does; latency counts from when a request should have been sent.
     *
     * @param beside makes of one thread's taker of answers another that sees them too
     */
    static HttpRun atRate(
            InetSocketAddress server,
            int connections,
            Requests requests,
            double perSecond,
            Duration measured,
            Map<String, Long> pids,
            UnaryOperator<Answers> beside)
            throws IOException {
        return go(server, connections, Run.atRate(requests, perSecond, whole(measured)), measured, pids, beside);
    }

    private static HttpRun go(
            InetSocketAddress server,
            int connections,
            Run run,
            Duration measured,
            Map<String, Long> pids,
            UnaryOperator<Answers> beside)
            throws IOException {
        try (LoadClient client = LoadClient.open(server, connections, THREADS)) {
            // Whoever sends the requests must not pause in the measured time for what they left behind before it.
            System.gc();
            Machine machine = Machine.watch(pids);
            long from = System.nanoTime() + RAMP.toNanos();
            Tally tally = new Tally(from, from + measured.toNanos());
            RunReport report = client.run(run.startingNow(), () -> beside.apply(tally.forOneThread()));
            List<String> faults = new ArrayList<>();
            if (report.sent() >= run.requests().count()) {
                faults.add("the requests ran out before the time");
            }
            return new HttpRun(tally, machine.usage(), faults);
        }
    }
}
