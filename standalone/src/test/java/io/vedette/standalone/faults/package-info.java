/**
 * What must hold whatever dies, and how it is broken on purpose: each row of the faults as a test against a stack of real
 * processes, with the {@code Auditor} at its end.
 */
package io.vedette.standalone.faults;
