package io.github.softlane.internal.dispatch;

/**
 * Why a backend is not used.
 *
 * @param reason what was found
 * @param remedy what would have to change
 */
record Refusal(String reason, String remedy) {}
