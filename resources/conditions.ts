/** What of the stack a stage has, by its parameters; hooks/conditions.ts settles them. */
export const conditions = {
  RequiresKey: { 'Fn::Equals': ['${param:authorization}', 'API_KEY'] },
  RequiresSignature: { 'Fn::Equals': ['${param:authorization}', 'AWS_IAM'] },
  ManagesStreams: { 'Fn::Equals': ['${param:manageStreams}', 'true'] },
} as const;

export type ConditionName = keyof typeof conditions;
