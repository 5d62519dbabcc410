package io.openrun.e2e;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * A Chromium that the machine has, in the hands of somebody who speaks English and has never been here. It waits for
 * what it is asked to see.
 *
 * <p>Nothing is downloaded: where there is no browser, the test is skipped with a sentence that says what to install.
 */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final List<String> CHROMIUMS = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
            "Chromium",
            "Google Chrome");
    private static final List<String> DRIVERS = List.of("chromedriver", "chromium.chromedriver");
    private static final List<String> USUAL_FOLDERS = List.of(
            "/usr/bin",
            "/usr/local/bin",
            "/snap/bin",
            "/usr/lib/chromium",
            "/usr/lib/chromium-browser",
            "/opt/google/chrome",
            "/opt/homebrew/bin",
            "/Applications/Chromium.app/Contents/MacOS",
            "/Applications/Google Chrome.app/Contents/MacOS");

    private final ChromeDriverService service;
    private final WebDriver driver;
    private final Path profile;

    private Browser(ChromeDriverService service, WebDriver driver, Path profile) {
        this.service = service;
        this.driver = driver;
        this.profile = profile;
    }

    /** Skips the test, aloud, where the machine has no browser that can be driven. */
    static void orSkip() {
        if (find(CHROMIUMS).isEmpty() || find(DRIVERS).isEmpty()) {
            skip("install Chromium and its driver (apt-get install chromium chromium-driver)");
        }
    }

    /**
     * What it is seen on.
     *
     * @param width of the page, in CSS pixels
     * @param dark whether its owner likes it dark
     */
    record Screen(int width, int height, boolean dark) {}

    static Browser open() {
        return open(null);
    }

    /** Without a screen of its own it has a window. */
    static Browser open(@Nullable Screen screen) {
        orSkip();
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find(DRIVERS).orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        try {
            var profile = Files.createTempDirectory("openrun-browser");
            service.start();
            try {
                // Not a ChromeDriver: that one asks Selenium's manager, which we leave out.
                var driver = new RemoteWebDriver(service.getUrl(), options(profile, screen), false);
                return new Browser(service, driver, profile);
            } catch (SessionNotCreatedException e) {
                service.stop();
                remove(profile);
                skip("install a Chromium and a chromedriver of the same version; these do not work together: "
                        + e.getRawMessage().lines().findFirst().orElse(""));
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path profile, @Nullable Screen screen) {
        var options = new ChromeOptions();
        options.setBinary(find(CHROMIUMS).orElseThrow().toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--accept-lang=en-US",
                "--window-size=1280,900",
                "--user-data-dir=" + profile);
        if (screen != null) {
            var scheme = screen.dark() ? 0 : 1;
            options.addArguments("--blink-settings=preferredColorScheme=" + scheme, "--hide-scrollbars");
            // A window has a least width; a phone has the width it has.
            var metrics = Map.of("width", screen.width(), "height", screen.height(), "pixelRatio", 1);
            options.setExperimentalOption("mobileEmulation", Map.of("deviceMetrics", metrics));
        }
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    private static void skip(String sentence) {
        var words = "Pages are NOT tested in a browser: " + sentence + ".";
        System.err.println(words);
        Assumptions.abort(words);
    }

    private static Optional<Path> find(List<String> names) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), USUAL_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    void go(String address) {
        driver.get(address);
    }

    /** The first of these that can be seen. */
    WebElement see(String css) {
        var seen = new WebElement[1];
        patiently("to see " + css).until(() -> {
            seen[0] = driver.findElements(By.cssSelector(css)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .orElse(null);
            return seen[0] != null;
        });
        return seen[0];
    }

    void seeNoMore(String css) {
        patiently("to see no " + css)
                .until(() -> driver.findElements(By.cssSelector(css)).stream().noneMatch(WebElement::isDisplayed));
    }

    /** What it says there, once it says something that contains these words. */
    String read(String css, String words) {
        var read = new String[1];
        patiently("to read " + words + " in " + css).until(() -> {
            read[0] = see(css).getText();
            return read[0].contains(words);
        });
        return read[0];
    }

    /** Clicks it once it can be clicked. */
    void click(String css) {
        patiently("to click " + css).until(() -> {
            var element = see(css);
            if (!element.isEnabled()) {
                return false;
            }
            element.click();
            return true;
        });
    }

    /** Types this in place of what stands there. */
    void type(String css, String words) {
        var input = see(css);
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        input.sendKeys(words);
    }

    /** What a script on the page returns. */
    @Nullable
    Object evaluate(String script) {
        return ((JavascriptExecutor) driver).executeScript(script);
    }

    byte[] screenshot() {
        return ((TakesScreenshot) driver).getScreenshotAs(OutputType.BYTES);
    }

    /** What the browser found wrong with the page: its console's errors and warnings. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    boolean isEnabled(String css) {
        return see(css).isEnabled();
    }

    String attribute(String css, String name) {
        return String.valueOf(see(css).getDomAttribute(name));
    }

    /** What the keyboard is on. */
    String focused() {
        return driver.switchTo().activeElement().getDomAttribute("id");
    }

    /** Does something in the tab that a click opens, closes it, and comes back. */
    void inTheTabOf(String css, Runnable visit) {
        var here = driver.getWindowHandle();
        click(css);
        patiently("to see another tab").until(() -> driver.getWindowHandles().size() == 2);
        driver.getWindowHandles().stream().filter(tab -> !tab.equals(here)).forEach(tab -> driver.switchTo()
                .window(tab));
        visit.run();
        driver.close();
        driver.switchTo().window(here);
    }

    private static ConditionFactory patiently(String what) {
        return await(what)
                .atMost(PATIENCE)
                .pollInterval(LOOK_AGAIN)
                .ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            service.stop();
        }
        remove(profile);
    }

    /** Chromium may still write while it ends; a folder that stays all the same is no reason to fail. */
    private static void remove(Path folder) {
        try {
            await().atMost(Duration.ofSeconds(5)).until(() -> isRemoved(folder));
        } catch (ConditionTimeoutException e) {
            System.err.println("The browser's profile stays in " + folder);
        }
    }

    private static boolean isRemoved(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
