package io.openrun.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.openrun.platform.problem.ProblemAnswers;
import io.openrun.platform.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
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
class RequestAdmissionFilterTest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final OpenConnections connections = new OpenConnections();
    private final RequestAdmissionFilter filter =
            new RequestAdmissionFilter(connections, new ProblemAnswers(new Problems(), json));
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
        var all = come(RequestAdmissionFilter.MAX_READS + 1);
        await().until(() -> inside.get() == RequestAdmissionFilter.MAX_READS && filter.waiting() == 1);

        looking.countDown();

        assertThat(all).allSatisfy(read -> assertThat(read.join().getStatus()).isEqualTo(200));
        assertThat(inside).hasValue(RequestAdmissionFilter.MAX_READS + 1);
    }

    @Test
    void holdsUpNeitherWritesNorWhatServicesAskEachOther() {
        come(RequestAdmissionFilter.MAX_READS);
        await().until(() -> inside.get() == RequestAdmissionFilter.MAX_READS);

        assertThat(pass("POST", "/api/v1/payments").getStatus()).isEqualTo(204);
        assertThat(pass("GET", "/internal/orders/1").getStatus()).isEqualTo(204);
        assertThat(pass("GET", "/.well-known/jwks.json").getStatus()).isEqualTo(204);
    }

    @Test
    void tellsWhoeverFindsTheLineFullToComeBack() throws Exception {
        come(RequestAdmissionFilter.MAX_READS + RequestAdmissionFilter.MAX_WAITING);
        await().until(() -> filter.waiting() == RequestAdmissionFilter.MAX_WAITING);

        assertThat(pass("HEAD", "/api/v1/products").getStatus()).isEqualTo(503);
        var refused = pass("GET", "/api/v1/products");
        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getContentType()).isEqualTo("application/problem+json");
        var problem = json.readTree(refused.getContentAsString());
        assertThat(problem.path("code").asString()).isEqualTo("BUSY");
        assertThat(problem.path("retryAfterMs").asLong()).isEqualTo(1_000);
    }

    @Test
    void tellsWhoeverIsOneTooManyToComeBackAndHoldsUpNobodyElse() {
        stay("POST", "/api/v1/payments", RequestAdmissionFilter.MAX_OTHERS);
        await().until(() -> inside.get() == RequestAdmissionFilter.MAX_OTHERS);

        assertThat(pass("POST", "/api/v1/payments").getStatus()).isEqualTo(503);
        assertThat(pass("GET", "/").getStatus()).isEqualTo(503);
        assertThat(pass("GET", "/api/v1/products").getStatus()).isEqualTo(204);
        assertThat(pass("POST", "/internal/holds").getStatus()).isEqualTo(204);

        stay("POST", "/internal/holds", RequestAdmissionFilter.MAX_OTHERS);
        await().until(() -> inside.get() == 2 * RequestAdmissionFilter.MAX_OTHERS);

        assertThat(pass("POST", "/internal/holds").getStatus()).isEqualTo(503);
        assertThat(pass("GET", "/api/v1/products").getStatus()).isEqualTo(204);
    }

    @Test
    void letsAWriteWaitForTheAnswerBeforeItToLeave() {
        stay("POST", "/api/v1/payments", RequestAdmissionFilter.MAX_OTHERS);
        await().until(() -> inside.get() == RequestAdmissionFilter.MAX_OTHERS);
        var next = CompletableFuture.supplyAsync(() -> pass("POST", "/api/v1/payments"), readers);
        await().pollInterval(Duration.ofMillis(1)).until(() -> filter.othersWaiting() == 1);

        looking.countDown();

        assertThat(next.join().getStatus()).isEqualTo(204);
    }

    @Test
    void letsTheNextInWhenOneHasLeftAlsoAfterAFailure() {
        for (int i = 0; i <= RequestAdmissionFilter.MAX_OTHERS; i++) {
            assertThatThrownBy(() -> through("POST", "/api/v1/payments", (request, response) -> {
                        throw new ServletException("a bug");
                    }))
                    .hasRootCauseMessage("a bug");
        }

        assertThat(pass("POST", "/api/v1/payments").getStatus()).isEqualTo(204);
    }

    private List<CompletableFuture<MockHttpServletResponse>> come(int count) {
        return stay("GET", "/api/v1/orders/1", count);
    }

    /** Requests that are being answered until they may leave. */
    private List<CompletableFuture<MockHttpServletResponse>> stay(String method, String path, int count) {
        List<CompletableFuture<MockHttpServletResponse>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(CompletableFuture.supplyAsync(
                    () -> through(method, path, (request, response) -> {
                        inside.incrementAndGet();
                        awaitLeave();
                    }),
                    readers));
        }
        return requests;
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
