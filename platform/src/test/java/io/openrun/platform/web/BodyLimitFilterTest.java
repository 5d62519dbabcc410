package io.openrun.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.openrun.platform.problem.ProblemAnswers;
import io.openrun.platform.problem.ProblemException;
import io.openrun.platform.problem.Problems;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class BodyLimitFilterTest {

    private long nanos;

    private final BodyLimitFilter filter = new BodyLimitFilter(
            new ProblemAnswers(new Problems(), JsonMapper.builder().build()), () -> nanos);

    @Test
    void passesABodyOfTheLimitAndRefusesOneByteMore() throws Exception {
        assertThat(read(told(BodyLimitFilter.MAX_BYTES))).isEqualTo(BodyLimitFilter.MAX_BYTES);
        assertThat(read(told(BodyLimitFilter.MAX_BYTES + 1))).isNull();

        assertThat(read(untold(new Dripping(BodyLimitFilter.MAX_BYTES, Duration.ZERO))))
                .isEqualTo(BodyLimitFilter.MAX_BYTES);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(untold(new Dripping(BodyLimitFilter.MAX_BYTES + 1, Duration.ZERO))))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(413));
    }

    @Test
    void cutsOffABodyThatDrips() throws Exception {
        int bytes = 10;
        var justInTime = BodyLimitFilter.MAX_TIME.dividedBy(bytes);

        assertThat(read(untold(new Dripping(bytes, justInTime)))).isEqualTo(bytes);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(untold(new Dripping(bytes, justInTime.plusNanos(1)))))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("REQUEST_TOO_SLOW"));
    }

    /** How many bytes a controller reads; null where it is not asked. */
    private @Nullable Integer read(MockHttpServletRequest request) throws ServletException, IOException {
        var bytes = new Integer[1];
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, (passed, ignored) -> {
            bytes[0] = passed.getInputStream().readAllBytes().length;
        });
        assertThat(response.getStatus()).isEqualTo(bytes[0] == null ? 413 : 200);
        return bytes[0];
    }

    private static MockHttpServletRequest told(int bytes) {
        var request = new MockHttpServletRequest("POST", "/orders");
        request.setContent(new byte[bytes]);
        return request;
    }

    private static MockHttpServletRequest untold(ServletInputStream body) {
        return new MockHttpServletRequest("POST", "/orders") {
            @Override
            public ServletInputStream getInputStream() {
                return body;
            }
        };
    }

    /** A body of so many bytes, each of which comes so long after the one before. */
    private final class Dripping extends ServletInputStream {

        private final Duration each;
        private int left;

        Dripping(int bytes, Duration each) {
            this.left = bytes;
            this.each = each;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            nanos += each.toNanos();
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int one = length == 0 ? 0 : read();
            if (length == 0 || one < 0) {
                return one;
            }
            into[offset] = (byte) one;
            return 1;
        }

        @Override
        public boolean isFinished() {
            return left == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
