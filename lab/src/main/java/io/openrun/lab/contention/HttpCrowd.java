package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Buyers;
import io.openrun.lab.contention.instance.Receipt;
import io.openrun.lab.contention.instance.Receipt.Outcome;
import io.openrun.lab.contention.instance.ReceiptLine;
import io.openrun.lab.contention.instance.Share;
import io.openrun.lab.contention.instance.Tally;
import io.openrun.lab.contention.instance.Task;
import io.openrun.lab.load.Answer;
import io.openrun.lab.load.LoadClient;
import io.openrun.lab.load.Requests;
import io.openrun.lab.load.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One instance's share of a crowd that comes over HTTP, closed loop, from this process. */
final class HttpCrowd implements AutoCloseable {

    private static final int NO_ANSWER = 0;

    /** Shorter than the laboratory's own patience. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final LoadClient client;
    private final Task task;
    private final Buyers buyers;

    HttpCrowd(int port, Task task) throws IOException {
        this.client = LoadClient.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), task.clients(), 1);
        this.task = task;
        this.buyers = task.buyers();
    }

    /** Lets them all come, when it is called. */
    Callable<Share> visit() {
        return this::come;
    }

    private Share come() throws IOException {
        Duration lasts = Duration.ofMillis(task.lastsMillis());
        Run run = Run.closedLoop(new Numbered(), lasts).answeredWithin(ANSWER_WITHIN);
        Tally tally = new Tally(task.instance(), run.startNanos(), lasts.toNanos());
        var _ = client.run(run, answer -> answered(answer, tally));
        return tally.share();
    }

    private void answered(Answer answer, Tally tally) {
        String body = answer.body();
        boolean cut = answer.status() == NO_ANSWER || body.isEmpty();
        Receipt receipt = cut ? Receipt.of(Outcome.FAILED) : ReceiptLine.read(body);
        tally.answered(
                buyers.purchase(number(answer.request())),
                receipt,
                cut ? -1 : ReceiptLine.arrival(body),
                answer.intendedNanos(),
                answer.answeredNanos());
    }

    private int number(int request) {
        return task.instance() + request * task.instances();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** {@code POST /purchases/7}, and so on. */
    private final class Numbered implements Requests {
        private final byte[] start = "POST /purchases/".getBytes(StandardCharsets.US_ASCII);
        private final byte[] end =
                " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        @Override
        public int count() {
            int more = buyers.count() - task.instance();
            return more <= 0 ? 0 : (more - 1) / task.instances() + 1;
        }

        @Override
        public void encode(int request, ByteBuffer out) {
            out.put(start);
            out.put(Integer.toString(number(request)).getBytes(StandardCharsets.US_ASCII));
            out.put(end);
        }
    }
}
