package io.openrun.catalog.product;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text without control characters other than line breaks and tabs, and without halves of characters. */
@Documented
@Constraint(validatedBy = {})
@Pattern(regexp = "[[^\\p{Cc}\\p{Cs}]\\r\\n\\t]*")
@ReportAsSingleViolation
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainText {

    /** What the caller is told. */
    String message() default "must not contain control characters";

    /** As Bean Validation wants it. */
    Class<?>[] groups() default {};

    /** As Bean Validation wants it. */
    Class<? extends Payload>[] payload() default {};
}
