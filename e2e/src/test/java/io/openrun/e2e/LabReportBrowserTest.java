package io.openrun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.openrun.lab.contention.LabResults;
import io.openrun.lab.report.LabReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The laboratory's report in a real browser: on a phone and at a desk, by day and by night, in both languages. */
class LabReportBrowserTest {

    /** The sample with which the laboratory tests its report. */
    private static final Path RESULTS = Path.of("../lab/src/test/resources/io/openrun/lab/report/lab.json");

    /** Kept after the test, for looking at. */
    private static final Path REPORT = Path.of("target", "lab-report").toAbsolutePath();

    @BeforeAll
    static void writeTheReport() throws IOException {
        Browser.orSkip();
        LabReport.write(JsonMapper.shared().readValue(Files.readString(RESULTS), LabResults.class), REPORT);
    }

    @ParameterizedTest
    @CsvSource({
        "390, false, index.html",
        "390, true, index.html",
        "390, false, index.ko.html",
        "390, true, index.ko.html",
        "1280, false, index.html",
        "1280, true, index.html",
        "1280, false, index.ko.html",
        "1280, true, index.ko.html"
    })
    void fitsTheScreenAndHasNothingToComplainOf(int width, boolean dark, String page) throws IOException {
        try (Browser browser = Browser.open(new Browser.Screen(width, 900, dark))) {
            browser.go(REPORT.resolve(page).toUri().toString());
            browser.see("#verdict");

            assertThat(browser.evaluate("return matchMedia('(prefers-color-scheme: dark)').matches"))
                    .isEqualTo(dark);
            Files.write(
                    REPORT.resolve(page + "-" + width + (dark ? "-dark" : "-light") + ".png"), browser.screenshot());
            openAllDetails(browser);
            assertThat(browser.evaluate("return document.documentElement.scrollWidth"))
                    .as("how wide the page is")
                    .isEqualTo((long) width);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void openAllDetails(Browser browser) {
        browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })");
    }
}
