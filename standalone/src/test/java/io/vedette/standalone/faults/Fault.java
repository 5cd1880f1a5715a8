package io.vedette.standalone.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * A row of the table of faults, by its number. Its test is given the row's {@link Scene}; when it ends well, the project of
 * the scene is audited. Tests of other packages that have part of a row say so with the tag {@code fault-NUMBER}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@interface Fault {
    int value();
}
