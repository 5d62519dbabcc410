package io.openrun.drop.lane;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.openrun.drop.purchase.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Counts the lane's answers by outcome and measures how long they took, at the cost of nanoseconds. */
@Component
class LaneMetrics {

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final MeterRegistry meters;
    private final Timer latency;

    LaneMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.latency = Timer.builder("openrun.drop.lane.latency")
                .description("From a whole request to its written answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1))
                .register(meters);
        Gauge.builder("openrun.drop.lane.connections", connections, AtomicInteger::get)
                .description("Open connections")
                .register(meters);
    }

    void answered(Exchange exchange) {
        Answer answer = exchange.answer;
        if (answer != null) {
            counter(answer.outcome()).increment();
            latency.record(System.nanoTime() - exchange.startedAt, TimeUnit.NANOSECONDS);
        }
    }

    AtomicInteger connections() {
        return connections;
    }

    private LongAdder counter(String outcome) {
        var known = answers.get(outcome);
        return known != null ? known : answers.computeIfAbsent(outcome, this::register);
    }

    private LongAdder register(String outcome) {
        var adder = new LongAdder();
        FunctionCounter.builder("openrun.drop.lane.answers", adder, LongAdder::sum)
                .description("Answers by outcome")
                .tag("outcome", outcome)
                .register(meters);
        return adder;
    }
}
