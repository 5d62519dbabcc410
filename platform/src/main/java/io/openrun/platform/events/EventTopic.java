package io.openrun.platform.events;

/** A topic that one service publishes: a bean of that service, created by {@link CreateTopics}. */
public record EventTopic(String name) {}
