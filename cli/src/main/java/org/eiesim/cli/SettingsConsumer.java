package org.eiesim.cli;

import java.util.List;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes for {@code --set} what follows it as long as it looks like a setting: {@code --set pes=16 queue_slots=4 FILE}. */
final class SettingsConsumer implements IParameterConsumer {
    private static final Pattern SETTING = Pattern.compile("[A-Za-z_]+=.*", Pattern.DOTALL);

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's signature
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
        if (arguments.isEmpty()) {
            throw new MissingParameterException(command.commandLine(), option, "--set needs a setting, KEY=VALUE");
        }
        List<String> settings = option.getValue();
        do {
            settings.add(arguments.pop());
        } while (!arguments.isEmpty() && SETTING.matcher(arguments.peek()).matches());
    }
}
