package io.openrun.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.platform.problem.ProblemAnswers;
import io.openrun.platform.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ReadAdmissionFilterTest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final ReadAdmissionFilter filter = new ReadAdmissionFilter(new ProblemAnswers(new Problems(), json));
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch looking = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();

    @AfterEach
    void leave() {
        looking.countDown();
        readers.close();
    }

    @Test
    void answersSoManyAtOnceAndTheNextWhenOneOfThemHasLeft() {
        var all = come(ReadAdmissionFilter.MAX_AT_ONCE + 1);
        await().until(() -> inside.get() == ReadAdmissionFilter.MAX_AT_ONCE && filter.waiting() == 1);

        looking.countDown();

        assertThat(all).allSatisfy(read -> assertThat(read.join().getStatus()).isEqualTo(200));
        assertThat(inside).hasValue(ReadAdmissionFilter.MAX_AT_ONCE + 1);
    }

    @Test
    void holdsUpNeitherWritesNorWhatServicesAskEachOther() {
        come(ReadAdmissionFilter.MAX_AT_ONCE);
        await().until(() -> inside.get() == ReadAdmissionFilter.MAX_AT_ONCE);

        assertThat(pass("POST", "/api/v1/payments").getStatus()).isEqualTo(204);
        assertThat(pass("GET", "/internal/orders/1").getStatus()).isEqualTo(204);
        assertThat(pass("GET", "/.well-known/jwks.json").getStatus()).isEqualTo(204);
    }

    @Test
    void tellsWhoeverFindsTheLineFullToComeBack() throws Exception {
        come(ReadAdmissionFilter.MAX_AT_ONCE + ReadAdmissionFilter.MAX_WAITING);
        await().until(() -> filter.waiting() == ReadAdmissionFilter.MAX_WAITING);

        assertThat(pass("HEAD", "/api/v1/products").getStatus()).isEqualTo(503);
        var refused = pass("GET", "/api/v1/products");
        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getContentType()).isEqualTo("application/problem+json");
        var problem = json.readTree(refused.getContentAsString());
        assertThat(problem.path("code").asString()).isEqualTo("BUSY");
        assertThat(problem.path("retryAfterMs").asLong()).isEqualTo(1_000);
    }

    /** Readers who look until they may leave. */
    private List<CompletableFuture<MockHttpServletResponse>> come(int count) {
        List<CompletableFuture<MockHttpServletResponse>> reads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reads.add(CompletableFuture.supplyAsync(
                    () -> through("GET", "/api/v1/orders/1", (request, response) -> {
                        inside.incrementAndGet();
                        awaitLeave();
                    }),
                    readers));
        }
        return reads;
    }

    private MockHttpServletResponse pass(String method, String path) {
        return through(method, path, (request, response) -> ((HttpServletResponse) response).setStatus(204));
    }

    private MockHttpServletResponse through(String method, String path, FilterChain chain) {
        var response = new MockHttpServletResponse();
        try {
            filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return response;
    }

    private void awaitLeave() {
        try {
            looking.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
