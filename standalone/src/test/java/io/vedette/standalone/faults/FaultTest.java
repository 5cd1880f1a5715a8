package io.vedette.standalone.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rows of faults against the stack that they share ({@link FaultStack}); at the end of the class nothing may be left. Where
 * the class is {@code @Execution(CONCURRENT)} its rows run side by side, and beside those of other such classes: each breaks
 * only what its own project is at. All others are {@code @Isolated}. What is tagged {@code quick} is part of every build.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@ExtendWith(Rows.class)
@interface FaultTest {
    FaultStack.Kind stack() default FaultStack.Kind.QUICK;
}
