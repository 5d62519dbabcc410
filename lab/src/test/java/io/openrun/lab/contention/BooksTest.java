package io.openrun.lab.contention;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import io.openrun.lab.contention.instance.Acknowledgements;
import io.openrun.lab.contention.instance.Acknowledgements.Claim;
import io.openrun.lab.contention.instance.Receipt.Taken;
import io.openrun.lab.strategies.LabTables;
import io.openrun.stock.Hold;
import io.openrun.stock.HoldRequest;
import io.openrun.stock.HoldResult;
import io.openrun.stock.HolderId;
import io.openrun.stock.LedgerSettings;
import io.openrun.stock.StockId;
import io.openrun.stock.StockLedgers;
import io.openrun.stock.StockPlan;
import io.openrun.stock.StockSchema;
import io.openrun.stock.Stocks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The checks can fail: each kind of lie about a clean sale is found. */
@Timeout(60)
class BooksTest {

    private static final StockSchema SCHEMA = new StockSchema("lab_books");
    private static final int SALES = 5;

    @TempDir
    private Path folder;

    private final HikariDataSource database = database();
    private final List<Hold> holds = new ArrayList<>();
    private final UUID stock = UUID.randomUUID();

    @BeforeEach
    void sell() throws Exception {
        LabTables.create(database, SCHEMA, false);
        new Stocks(database, SCHEMA)
                .create(new StockId(stock), new StockPlan(10, null, null, null, Duration.ofMinutes(15)));
        try (StockLedgers ledgers = new StockLedgers(
                database, SCHEMA, SharedEngines.redis().url(), LedgerSettings.defaults(), new SimpleMeterRegistry())) {
            for (int i = 0; i < SALES; i++) {
                HoldRequest request = new HoldRequest(new StockId(stock), new HolderId(UUID.randomUUID()), 1, null);
                HoldResult result = ledgers.standard().hold(request).get(20, TimeUnit.SECONDS);
                holds.add(((HoldResult.Held) result).hold());
            }
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void findNothingWrongWithTheTruth() throws Exception {
        Books.Findings findings = audit(told(SALES));

        assertThat(findings).isEqualTo(new Books.Findings(0, 5, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void findAnAcknowledgedHoldThatIsNotThere() throws Exception {
        Acknowledgements told = told(SALES);
        told.add(0, SALES, new Taken(0, UUID.randomUUID(), SALES + 1), Claim.THEIRS);

        assertThat(audit(told).lost()).isEqualTo(1);
    }

    @Test
    void findAnAcknowledgementWithAnotherPlaceInTheLine() throws Exception {
        Acknowledgements told = told(SALES - 1);
        told.add(0, SALES, new Taken(0, holds.getLast().id().value(), 99), Claim.THEIRS);

        assertThat(audit(told).lost()).isEqualTo(1);
    }

    @Test
    void findAConfirmationThatIsNotThere() throws Exception {
        Acknowledgements told = told(SALES - 1);
        told.add(0, SALES, taken(SALES - 1), Claim.CONFIRMED);

        assertThat(audit(told).lost()).isEqualTo(1);
    }

    @Test
    void findAHoldThatNobodyWasToldOf() throws Exception {
        assertThat(audit(told(SALES - 2)).unclaimed()).isEqualTo(2);
        assertThat(audit(told(SALES - 2)).forgiving(1).unclaimed()).isEqualTo(1);
    }

    @Test
    void findAHoldThatTwoWereToldOf() throws Exception {
        Acknowledgements told = told(SALES);
        told.add(0, SALES, taken(0), Claim.THEIRS);

        assertThat(audit(told).duplicates()).isEqualTo(1);
    }

    @Test
    void takeNoOffenceAtAHoldThatWasShownAgain() throws Exception {
        Acknowledgements told = told(SALES);
        told.add(0, SALES, taken(0), Claim.SHOWN_AGAIN);

        assertThat(audit(told).duplicates()).isZero();
    }

    @Test
    void findWhatTheCountersDoNotSay() throws Exception {
        execute("UPDATE {schema}.stock SET remaining = remaining + 1");

        assertThat(audit(told(SALES)).miscounted()).isPositive();
    }

    @Test
    void findUnitsSoldBeyondTheStock() throws Exception {
        execute("UPDATE {schema}.stock SET quantity = 3, remaining = -2");

        assertThat(audit(told(SALES)).oversold()).isEqualTo(2);
    }

    @Test
    void findAPlaceInTheLineThatIsMissing() throws Exception {
        execute("DELETE FROM {schema}.hold WHERE sequence = 2");

        Books.Findings findings = audit(told(SALES));
        assertThat(findings.sequenceGaps()).isEqualTo(1);
        assertThat(findings.lost()).isEqualTo(1);
    }

    @Test
    void findHoldsThatShouldHaveRunOut() throws Exception {
        execute("UPDATE {schema}.hold SET expires_at = held_at WHERE sequence <= 3");

        assertThat(audit(told(SALES)).stuck()).isEqualTo(3);
    }

    @Test
    void seeWhoWasServedOutOfTurn() throws Exception {
        Acknowledgements told = Acknowledgements.to(file());
        told.add(0, 0, new Taken(0, UUID.randomUUID(), 1), Claim.THEIRS);
        told.add(0, 2, new Taken(0, UUID.randomUUID(), 2), Claim.THEIRS);
        told.add(0, 1, new Taken(0, UUID.randomUUID(), 3), Claim.THEIRS);
        told.add(1, 0, new Taken(0, UUID.randomUUID(), 4), Claim.THEIRS);
        told.add(0, 3, new Taken(1, UUID.randomUUID(), 1), Claim.THEIRS);
        told.add(0, 4, new Taken(0, UUID.randomUUID(), 1), Claim.SHOWN_AGAIN);
        told.close();

        assertThat(new Books(database, SCHEMA, List.of(stock, other()))
                        .audit(List.of(file()))
                        .inversions())
                .isEqualTo(1);
    }

    private Books.Findings audit(Acknowledgements told) throws Exception {
        told.close();
        return new Books(database, SCHEMA, List.of(stock)).audit(List.of(file()));
    }

    private Path file() {
        return folder.resolve("told");
    }

    private Acknowledgements told(int sales) {
        Acknowledgements told = Acknowledgements.to(file());
        for (int i = 0; i < sales; i++) {
            told.add(0, i, taken(i), Claim.THEIRS);
        }
        return told;
    }

    private Taken taken(int sale) {
        Hold hold = holds.get(sale);
        return new Taken(0, hold.id().value(), hold.sequence());
    }

    private UUID other() {
        UUID other = UUID.randomUUID();
        new Stocks(database, SCHEMA)
                .create(new StockId(other), new StockPlan(10, null, null, null, Duration.ofMinutes(15)));
        return other;
    }

    private void execute(String statement) throws Exception {
        try (var connection = database.getConnection();
                var sql = connection.createStatement()) {
            sql.execute(SCHEMA.sql(statement));
        }
    }

    private static HikariDataSource database() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SharedEngines.newDatabase());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }
}
