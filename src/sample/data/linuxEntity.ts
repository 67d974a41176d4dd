import type { JsonObject } from '../wire/json.ts';

const instance = (definition: string, value: JsonObject): JsonObject => ({
  settingInstance: { settingDefinitionId: definition, settingInstanceTemplateReference: null, ...value },
});

const choice = (definition: string, option: string): JsonObject =>
  instance(definition, {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance',
    choiceSettingValue: { settingValueTemplateReference: null, value: `${definition}_${option}`, children: [] },
  });

const simple = (definition: string, value: string): JsonObject =>
  instance(definition, {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
    simpleSettingValue: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationStringSettingValue',
      settingValueTemplateReference: null,
      value,
    },
  });

/** A Linux script: a policy of the settings catalog, whose template id and settings the portal's exports show. */
export function linuxEntity(name: string, content: string): JsonObject {
  const settings = [
    choice('linux_customconfig_executioncontext', 'root'),
    choice('linux_customconfig_executionfrequency', '1day'),
    choice('linux_customconfig_executionretries', '1'),
    simple('linux_customconfig_script', content),
  ];
  return {
    ...policy(name, 'linux', 'linuxMdm', settings.length),
    templateReference: {
      templateId: '92439f26-2b30-4503-8429-6d40f7e172dd_1',
      templateFamily: 'deviceConfigurationScripts',
      templateDisplayName: 'Custom Bash Script',
      templateDisplayVersion: 'Version 1',
    },
    settings: settings.map((setting, index) => ({ id: String(index), ...setting })),
  };
}

/** A policy of the settings catalog that is no script. */
export function plainPolicy(name: string, platforms: string): JsonObject {
  return {
    ...policy(name, platforms, platforms === 'linux' ? 'linuxMdm' : 'mdm', 5),
    templateReference: { templateId: '', templateFamily: 'none', templateDisplayName: null, templateDisplayVersion: null },
    settings: [],
  };
}

const policy = (name: string, platforms: string, technologies: string, settingCount: number): JsonObject => ({
  name,
  platforms,
  technologies,
  settingCount,
  creationSource: null,
  priorityMetaData: null,
});
