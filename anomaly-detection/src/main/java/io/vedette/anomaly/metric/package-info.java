/** Measures of scores against labels: arrays in, records out. */
package io.vedette.anomaly.metric;
