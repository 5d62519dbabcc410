package io.openrun.stock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many callers who all call at once. */
public final class Crowd {

    public static final int PATIENCE_SECONDS = 60;

    private Crowd() {}

    /** The answers, in the order of the callers. */
    public static <R> List<R> allAtOnce(int callers, IntFunction<CompletableFuture<R>> call) throws Exception {
        CountDownLatch ready = new CountDownLatch(callers);
        List<Future<R>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                int caller = i;
                Callable<R> one = () -> {
                    ready.countDown();
                    ready.await();
                    return call.apply(caller).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                };
                answers.add(threads.submit(one));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> answer : answers) {
                results.add(answer.get());
            }
            return results;
        }
    }

    public static <R> R answer(CompletableFuture<R> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The answers, in the order of the questions. */
    static <R> List<R> all(List<CompletableFuture<R>> futures) throws Exception {
        List<R> answers = new ArrayList<>();
        for (CompletableFuture<R> future : futures) {
            answers.add(answer(future));
        }
        return answers;
    }

    public static long count(List<?> answers, Class<?> type) {
        return answers.stream().filter(type::isInstance).count();
    }

    public static List<Hold> held(List<HoldResult> answers) {
        return answers.stream()
                .filter(HoldResult.Held.class::isInstance)
                .map(answer -> ((HoldResult.Held) answer).hold())
                .toList();
    }
}
