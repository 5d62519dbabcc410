package io.openrun.lab.strategies;

import io.openrun.stock.StockId;
import io.openrun.stock.StockSchema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.springframework.dao.support.PersistenceExceptionTranslationInterceptor;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Data JPA on Hibernate in a transaction: entities, repositories and a transaction manager, as an application
 * would have them, without the application.
 */
final class JpaForm implements Guard {

    private static final int ROWS_PER_ROUND_TRIP = 50;

    private final EntityManagerFactory factory;
    private final Supplier<Books> books;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    private <R extends StockRows<S>, S extends StockRecord> JpaForm(
            LedgerSite site, Class<S> stockType, Class<R> stocksType, BiFunction<R, UUID, Optional<S>> stockReading) {
        HibernateJpaDialect dialect = new HibernateJpaDialect();
        this.factory = factory(site.dataSource(), site.schema(), stockType);
        RepositoryFactorySupport repositories = repositories(factory, dialect);
        R stocks = repositories.getRepository(stocksType);
        HoldUnits units = repositories.getRepository(HoldUnits.class);
        SettlementEntries settlements = repositories.getRepository(SettlementEntries.class);
        this.books = () -> new JpaBooks(stocks, id -> stockReading.apply(stocks, id), units, settlements);
        JpaTransactionManager transactions = new JpaTransactionManager(factory);
        transactions.setJpaDialect(dialect);
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Reads the row as it is and writes it back. */
    static JpaForm plain(LedgerSite site) {
        return new JpaForm(site, PlainStock.class, PlainStocks.class, PlainStocks::findById);
    }

    /** Reads the row as it is; it is written only if its version has not changed. */
    static JpaForm versioned(LedgerSite site) {
        return new JpaForm(site, VersionedStock.class, VersionedStocks.class, VersionedStocks::findById);
    }

    /** Locks the row while reading it. */
    static JpaForm pessimistic(LedgerSite site) {
        return new JpaForm(site, PlainStock.class, PlainStocks.class, PlainStocks::findForUpdate);
    }

    /** The tables are there already, and a sale does not need a second-level cache: the row is new every time. */
    private static EntityManagerFactory factory(
            DataSource dataSource, StockSchema schema, Class<? extends StockRecord> stockType) {
        return new HibernatePersistenceConfiguration("lab")
                .managedClasses(stockType, HoldUnit.class, SettlementEntry.class)
                .property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource)
                .property(AvailableSettings.DEFAULT_SCHEMA, schema.name())
                .property(AvailableSettings.STATEMENT_BATCH_SIZE, ROWS_PER_ROUND_TRIP)
                .property(AvailableSettings.ORDER_INSERTS, true)
                .property(AvailableSettings.ORDER_UPDATES, true)
                .property(AvailableSettings.USE_SECOND_LEVEL_CACHE, false)
                .property(AvailableSettings.JAKARTA_VALIDATION_MODE, "none")
                .createEntityManagerFactory();
    }

    /** Failures of Hibernate arrive as Spring's, as they would in an application. */
    private static RepositoryFactorySupport repositories(EntityManagerFactory factory, HibernateJpaDialect dialect) {
        EntityManager entityManager = SharedEntityManagerCreator.createSharedEntityManager(factory);
        JpaRepositoryFactory repositories = new JpaRepositoryFactory(entityManager);
        repositories.setBeanClassLoader(JpaForm.class.getClassLoader());
        repositories.addRepositoryProxyPostProcessor(
                (proxy, repository) -> proxy.addAdvice(new PersistenceExceptionTranslationInterceptor(dialect)));
        return repositories;
    }

    @Override
    public <T> T decide(StockId stock, Function<Books, T> decision) {
        return writing.execute(transaction -> {
            Books ours = books.get();
            T result = decision.apply(ours);
            if (!ours.haveChanged()) {
                transaction.setRollbackOnly();
            }
            return result;
        });
    }

    @Override
    public <T> T read(Function<Books, T> question) {
        return reading.execute(transaction -> question.apply(books.get()));
    }

    @Override
    public void close() {
        factory.close();
    }
}
