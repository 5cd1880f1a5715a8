/** Trains and measures learners on folders of photographs. A program of its own: nothing else of Vedette uses it. */
package io.vedette.anomaly.bench;
