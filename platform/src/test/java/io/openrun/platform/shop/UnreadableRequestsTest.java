package io.openrun.platform.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody can read is refused with a problem that says so, whoever notices first. */
class UnreadableRequestsTest extends TwoServicesShop {

    @ParameterizedTest
    @ValueSource(strings = {"words=100%", "words=%zz", "words=%ff", "other=%ff"})
    void saysThatAQueryCannotBeDecoded(String query) throws IOException {
        assertThat(raw("GET /search?" + query, "", ""))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"BAD_REQUEST\"");
    }

    @ParameterizedTest
    @CsvSource({
        "words=, null",
        "words, null",
        "words=%20, null",
        "words=&words=jeans, jeans",
        "words=blue+jeans, blue jeans"
    })
    void takesABlankParameterForAnAbsentOne(String query, String found) throws IOException {
        assertThat(raw("GET /search?" + query, "", ""))
                .startsWith("HTTP/1.1 200")
                .contains("found " + found);
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, multipart/form-data, --x",
        "/notes, multipart/form-data, --x",
        "/notes, multipart/form-data;boundary=x, --x",
        "/orders, application/x-www-form-urlencoded, units=%zz",
    })
    void refusesBodiesItDoesNotKnow(String path, String type, String body) throws IOException {
        assertThat(raw("POST " + path, "Content-Type: " + type, body))
                .startsWith("HTTP/1.1 415")
                .contains("application/problem+json", "\"code\":\"UNSUPPORTED_MEDIA_TYPE\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"units=%zz", "--x\r\nbad"})
    void saysThatAFormCannotBeDecoded(String form) throws IOException {
        assertThat(raw("POST /notes", "Content-Type: application/x-www-form-urlencoded", form))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"BAD_REQUEST\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"\\u0000\"", "\"1\"", "1.5", "true", "[]", "{}", "2147483648", "1e99"})
    void takesNothingElseForANumber(String units) throws IOException {
        assertThat(raw("POST /orders", "Content-Type: application/json", "{\"units\":" + units + "}"))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"VALIDATION_FAILED\"", "\"field\":\"units\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tru", "01", "3", "\"3", "\u0001"})
    void doesNotBlameAFieldForWhatIsNoJson(String units) throws IOException {
        assertThat(raw("POST /orders", "Content-Type: application/json", "{\"units\":" + units))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"MALFORMED_JSON\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1800000000",
                "1800000000.5",
                "\"1800000000\"",
                "\"1800000000.5\"",
                "\"-1\"",
                "\"+1\"",
                "\"\"",
                "\" \"",
                "\"now\"",
                "\"2027-01-15\"",
                "\"2027-01-15T08:00:00\"",
                "\"2027-13-15T08:00:00Z\"",
                "true",
                "[]",
                "{}",
                "[1800000000]",
            })
    void takesNothingElseForATime(String at) throws IOException {
        assertThat(raw("POST /moments", "Content-Type: application/json", "{\"at\":" + at + "}"))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"VALIDATION_FAILED\"", "\"field\":\"at\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-15T08:00:00Z, 2027-01-15T08:00:00Z",
        "2027-01-15T08:00:00.25Z, 2027-01-15T08:00:00.250Z",
        "2027-01-15T08:00:00.123456789Z, 2027-01-15T08:00:00.123456Z",
        "2027-01-15T17:00:00+09:00, 2027-01-15T08:00:00Z",
        "2027-01-15T17:00:00.5+09:00, 2027-01-15T08:00:00.500Z",
    })
    void takesAnIsoTextForATime(String at, String moment) throws IOException {
        assertThat(raw("POST /moments", "Content-Type: application/json", "{\"at\":\"" + at + "\"}"))
                .startsWith("HTTP/1.1 200")
                .contains("at " + moment);
    }

    /** Tomcat turns these away before any filter; Java's own client would not even send them. */
    @ParameterizedTest
    @CsvSource({
        "TRACE /api/v1/things, 405, METHOD_NOT_ALLOWED",
        "GET /api/v1/things/%zz, 400, BAD_REQUEST",
        "GET /api/v1/things/%00, 400, BAD_REQUEST",
        "GET /api/v1/things/..%2f.., 400, BAD_REQUEST",
        "GET /error, 404, NOT_FOUND",
    })
    void saysWhatTomcatRefusesInAProblem(String line, int status, String code) throws IOException {
        assertThat(raw(line, "", ""))
                .startsWith("HTTP/1.1 " + status)
                .contains("\"code\":\"" + code + "\"")
                .contains("\"instance\":\"/")
                .contains("X-Request-Id: ", "Content-Type: application/problem+json", "Content-Language: ko");
    }

    /** Where the first line cannot be read, nothing after it has been: not the language either. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/things/<>", "GET /api/v1/things?query=a|b", "GET /api/v1/things/\"x\""})
    void saysThatAnAddressCannotBeRead(String line) throws IOException {
        assertThat(raw(line, "", ""))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"BAD_REQUEST\"", "\"instance\":\"/bad-request\"")
                .contains("X-Request-Id: ", "Content-Type: application/problem+json");
    }
}
