/**
 * What the services leave on S3: the layout of the service's own bucket, the artifact's table of contents and the
 * evaluation report. Names and records only; reading and writing objects is {@code common-runtime}'s.
 */
package io.vedette.common.artifact;
