import { Field, InputType, ObjectType } from 'type-graphql';
import { MAX_ATTRIBUTE } from '../cart/attributes.ts';

@ObjectType('Attribute', {
  description: 'What is said of an item or a cart beyond what the service knows.',
  simpleResolvers: true,
})
export class AttributeType {
  @Field(() => String, { description: 'What it is about; once in a list.' })
  key!: string;

  @Field(() => String, { description: 'What is said; may be empty.' })
  value!: string;
}

@InputType('AttributeInput', { description: 'What is to be said of an item or a cart.' })
export class AttributeInput {
  @Field(() => String, { description: `1 to ${MAX_ATTRIBUTE.key} characters; once in a list.` })
  key!: string;

  @Field(() => String, { description: `At most ${MAX_ATTRIBUTE.value} characters; may be empty.` })
  value!: string;
}
