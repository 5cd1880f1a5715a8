/**
 * What a data set is made of: the lines of a manifest, with all the leniency the API had (specification §5).
 * Reading a file of them, or storing them, happens elsewhere.
 */
package io.vedette.common.dataset;
