package org.eiesim.simulator.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads a value change dump by the grammar of IEEE 1364-2005, 18.2, knowing nothing of what the writer puts into it. */
final class VcdFile {
    /** Value changes of a variable by time; x is -1. */
    final Map<String, TreeMap<Long, Long>> changes = new LinkedHashMap<>();

    final Map<String, Integer> widthsBits = new HashMap<>();
    String timescale = "";
    long endTime;

    private final Map<String, List<String>> namesOf = new HashMap<>();
    private final Deque<String> tokens;

    private VcdFile(String text) {
        tokens = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
    }

    static VcdFile parse(String text) {
        VcdFile file = new VcdFile(text);
        file.readDeclarations();
        file.readChanges();
        return file;
    }

    private void readDeclarations() {
        Deque<String> scope = new ArrayDeque<>();
        while (true) {
            String keyword = tokens.pop();
            List<String> words = new ArrayList<>();
            while (!"$end".equals(tokens.peek())) {
                words.add(tokens.pop());
            }
            tokens.pop();
            switch (keyword) {
                case "$comment", "$version", "$date" -> {}
                case "$timescale" -> timescale = String.join("", words);
                case "$scope" -> scope.addLast(words.get(1));
                case "$upscope" -> scope.removeLast();
                case "$var" -> declare(String.join(".", scope) + "." + words.get(3), words);
                case "$enddefinitions" -> {
                    return;
                }
                default -> throw new IllegalArgumentException("not a declaration: " + keyword);
            }
        }
    }

    private void declare(String name, List<String> words) {
        if (changes.put(name, new TreeMap<>()) != null) {
            throw new IllegalArgumentException(name + " declared twice");
        }
        widthsBits.put(name, Integer.parseInt(words.get(1)));
        namesOf.computeIfAbsent(words.get(2), id -> new ArrayList<>()).add(name);
    }

    private void readChanges() {
        long time = -1;
        while (!tokens.isEmpty()) {
            String token = tokens.pop();
            char first = token.charAt(0);
            if (first == '#') {
                long next = Long.parseLong(token.substring(1));
                if (next <= time) {
                    throw new IllegalArgumentException("time " + next + " after " + time);
                }
                time = next;
            } else if (first == 'b') {
                change(tokens.pop(), time, token.substring(1));
            } else if (first == '0' || first == '1' || first == 'x') {
                change(token.substring(1), time, token.substring(0, 1));
            } else if (!token.equals("$dumpvars") && !token.equals("$end")) {
                throw new IllegalArgumentException("not a value change: " + token);
            }
        }
        endTime = time;
    }

    private void change(String identifier, long time, String bits) {
        for (String name : required(namesOf, identifier)) {
            if (bits.length() > required(widthsBits, name)) {
                throw new IllegalArgumentException(name + " is too narrow for " + bits);
            }
            required(changes, name).put(time, bits.contains("x") ? -1 : Long.parseLong(bits, 2));
        }
    }

    /** Returns a variable's value at the rising edges of a clock. */
    long[] sample(String name, String clock) {
        TreeMap<Long, Long> values = required(changes, name);
        return required(changes, clock).entrySet().stream()
                .filter(edge -> edge.getValue() == 1)
                .mapToLong(edge ->
                        Objects.requireNonNull(values.floorEntry(edge.getKey())).getValue())
                .toArray();
    }

    private static <V> V required(Map<String, V> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }
}
