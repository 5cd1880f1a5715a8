/** Learns from a few photographs what is normal and what is not, and says so of others. Knows nothing of services, stores or brokers. */
package io.vedette.anomaly;
