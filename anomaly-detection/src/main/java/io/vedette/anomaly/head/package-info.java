/** What is learned from pooled features: with labelled anomalies, or from normal images alone. */
package io.vedette.anomaly.head;
