/**
 * The shared language of Vedette's services: identifiers, names and statuses, with the rules that make them valid.
 * No framework, no I/O: only the JDK and Jackson's annotations.
 */
package io.vedette.common;
