package io.vedette.standalone;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that talks to the whole stack as a customer does. The stack is started once per test JVM, with the code of
 * {@code ./vedette up}, on free ports and with a home of its own; tests share it by using names of their own. With
 * {@code -Dvedette.test.containers=true} its Kafka, Postgres and S3 are {@link Containers}, where they can be had.
 *
 * <p>Test methods and constructors may ask for a {@link Customer}, a {@code LookoutVisionClient} or an {@code S3Client}; those
 * that measure its parts, for the {@code StackLayout}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("stack")
@ExtendWith(SharedStack.class)
public @interface StackTest {}
