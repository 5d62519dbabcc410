package io.openrun.platform;

import io.openrun.platform.calls.ServiceCalls;
import io.openrun.platform.events.CreateTopics;
import io.openrun.platform.events.EventCodec;
import io.openrun.platform.events.EventTopic;
import io.openrun.platform.outbox.Outboxes;
import io.openrun.platform.problem.ProblemAnswers;
import io.openrun.platform.problem.Problems;
import io.openrun.platform.schema.ServiceSchema;
import io.openrun.platform.web.BodyLimitFilter;
import io.openrun.platform.web.ContainerProblems;
import io.openrun.platform.web.ForgivingAccept;
import io.openrun.platform.web.InnerDoor;
import io.openrun.platform.web.NamedContentType;
import io.openrun.platform.web.OpenConnections;
import io.openrun.platform.web.RequestAdmissionFilter;
import io.openrun.platform.web.RequestIdFilter;
import io.openrun.platform.web.SmallBuffersProtocol;
import io.openrun.platform.web.UnreadBodies;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** What every service has without asking. */
@AutoConfiguration
@ComponentScan(
        basePackages = {"io.openrun.platform.problem", "io.openrun.platform.security"},
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
class PlatformConfiguration {

    private static final Set<MediaType> OTHER_FORMATS = Set.of(
            MediaType.APPLICATION_YAML,
            MediaType.APPLICATION_XML,
            MediaType.APPLICATION_CBOR,
            MediaType.parseMediaType("application/x-jackson-smile"));

    /** This server's clock. What is on sale, and until when, is for the database's clock to say. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Problems problems() {
        return new Problems();
    }

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    /**
     * Numbers are numbers, texts texts and times ISO-8601 texts: no fractions for integers, no members we do not know, no
     * duplicates.
     */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfig(
                        LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Integer, PlatformConfiguration::noBlankTexts)
                .withCoercionConfig(LogicalType.Float, PlatformConfiguration::noBlankTexts)
                .withCoercionConfig(LogicalType.Boolean, PlatformConfiguration::noBlankTexts)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .addModule(new SimpleModule("times").addDeserializer(Instant.class, new IsoTimes()));
    }

    /** JSON in and out: a library that can do more is on the class path, and would not be as strict. */
    @Bean
    WebMvcConfigurer nothingButJson() {
        return new WebMvcConfigurer() {
            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
                negotiation.strategies(List.of(new ForgivingAccept()));
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new NamedContentType());
            }

            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.configureMessageConvertersList(all -> all.removeIf(
                        converter -> converter.getSupportedMediaTypes().stream().anyMatch(OTHER_FORMATS::contains)));
            }
        };
    }

    private static void noBlankTexts(MutableCoercionConfig coercion) {
        coercion.setAcceptBlankAsEmpty(false).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }

    /**
     * The database comes before the web server: Hibernate begins to get ready, and beside it the schemas are brought up
     * to date and the server is made. Whoever needs entities waits for the rest of it.
     */
    @Bean
    @DependsOn("entityManagerFactory")
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> databaseFirst(ObjectProvider<ServiceSchema> schemas) {
        schemas.forEach(ServiceSchema::name);
        return server -> {};
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIds() {
        var registration = new FilterRegistrationBean<>(new RequestIdFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimits(ProblemAnswers answers) {
        var registration = new FilterRegistrationBean<>(new BodyLimitFilter(answers));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** Before a token is looked at, which costs as much as many an answer. */
    @Bean
    FilterRegistrationBean<RequestAdmissionFilter> requestAdmission(
            OpenConnections connections, ProblemAnswers answers) {
        var registration = new FilterRegistrationBean<>(new RequestAdmissionFilter(connections, answers));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BlankParametersFilter> blankParameters() {
        var registration = new FilterRegistrationBean<>(new BlankParametersFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return registration;
    }

    @Bean
    OpenConnections openConnections() {
        return new OpenConnections();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> manyConnections(OpenConnections connections) {
        return tomcat -> {
            tomcat.setProtocol(SmallBuffersProtocol.class.getName());
            tomcat.addConnectorCustomizers(connections);
        };
    }

    /** What services ask each other does not wait behind a crowd. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> innerDoor(@Value("${openrun.inner-port}") int port) {
        return tomcat -> {
            if (port > 0) {
                tomcat.addAdditionalConnectors(InnerDoor.on(port));
            }
        };
    }

    /** Comes last of those that touch Tomcat, so that it is asked for words before Tomcat's own page is. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems(Problems problems, JsonMapper json) {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            var pipeline = context.getParent().getPipeline();
            pipeline.addValve(new UnreadBodies());
            pipeline.addValve(new ContainerProblems(problems, json));
        });
    }

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> eventProducer(@Value("${spring.kafka.bootstrap-servers}") String servers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        1,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        16L * 1024 * 1024,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        20_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        10_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Bean
    CreateTopics createTopics(
            @Value("${spring.kafka.bootstrap-servers}") String servers,
            ObjectProvider<EventTopic> topics,
            @Value("${openrun.topic-partitions}") int partitions) {
        return new CreateTopics(
                () -> Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers)),
                topics.stream().toList(),
                partitions);
    }

    @Bean
    Outboxes outboxes(DataSource dataSource, Producer<String, byte[]> eventProducer, EventCodec codec) {
        return new Outboxes(dataSource, eventProducer, codec);
    }

    @Bean
    ServiceCalls serviceCalls(RestClient.Builder builder, @Value("${openrun.service-key}") String serviceKey) {
        return new ServiceCalls(builder, serviceKey);
    }
}
