package io.openrun.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the shoppers were told, to be held against the shop's own count; written by many threads at once. */
final class Journal {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NEVER =
            List.of("oversold", "duplicates", "limitViolations", "sequenceGaps", "miscounted");

    private final int stock;
    private final AtomicInteger arrivals = new AtomicInteger();
    private final LongAdder bought = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final Map<Long, Boolean> places = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> wrong = new ConcurrentHashMap<>();

    Journal(int stock) {
        this.stock = stock;
    }

    /** The next shopper's number, from 1. */
    int arrival() {
        return arrivals.incrementAndGet();
    }

    void bought(long sequence) {
        bought.increment();
        places.put(sequence, true);
    }

    void cancelled() {
        cancelled.increment();
    }

    /** Something that must not be, whatever the audit says. */
    void wrong(String what) {
        wrong.computeIfAbsent(what, sentence -> new LongAdder()).increment();
    }

    /** How a shopper's journey ended, by one word. */
    void ended(String how) {
        endings.computeIfAbsent(how, word -> new LongAdder()).increment();
    }

    /** One sentence for everything in which the shop's audit is wrong or differs from what the shoppers were told. */
    List<String> findings(String auditJson) {
        JsonNode audit = parse(auditJson);
        List<String> findings = new ArrayList<>();
        for (String count : NEVER) {
            if (audit.path(count).asLong(-1) != 0) {
                findings.add(count + " is " + audit.path(count));
            }
        }
        long quantity = audit.path("quantity").asLong(-1);
        long sold = audit.path("held").asLong(-1) + audit.path("confirmed").asLong(-1);
        long kept = bought.sum() - cancelled.sum();
        if (quantity != stock) {
            findings.add("the quantity is " + quantity + " and not " + stock);
        }
        if (sold > stock) {
            findings.add("sold " + sold + " of " + stock);
        }
        if (sold + audit.path("remaining").asLong(-1) != quantity) {
            findings.add("held + confirmed + remaining is not the quantity");
        }
        if (sold != kept) {
            findings.add("the shop counts " + sold + " sold, the shoppers " + kept + " bought and not cancelled");
        }
        if (places.size() != bought.sum()) {
            findings.add((bought.sum() - places.size()) + " shoppers share their place in the line with another");
        }
        wrong.forEach((what, count) -> findings.add(count.sum() + " x " + what));
        return findings;
    }

    /** Two or three lines for people. */
    String summary() {
        StringBuilder text = new StringBuilder("%,d shoppers came, %,d bought, %,d of them cancelled%n"
                .formatted(arrivals.get(), bought.sum(), cancelled.sum()));
        endings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(ending -> text.append("  %-24s%,d%n"
                        .formatted(ending.getKey(), ending.getValue().sum())));
        return text.toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the audit is not JSON", e);
        }
    }
}
